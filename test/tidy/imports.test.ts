import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/places.ts'
import { circles, importsOf } from './import-graph.ts'
import { faultsOf } from './import-rules.ts'
import { modules } from './modules.ts'
import { folders, sources } from './sources.ts'

const files = sources(/^(workers|web|sandbox|agent|seed|scripts|test\/cast)\/.*\.tsx?$/).filter(
  ({ path }) => !path.includes('.test.') && !path.endsWith('.d.ts'),
)
const imports = importsOf(files)
const paths = files.map(({ path }) => path)

test('every module was read, and its imports found', () => {
  for (const name of modules) {
    const inside = imports.filter(({ from }) => from.startsWith(`workers/${name}/`))
    expect(inside.length, name).toBeGreaterThan(0)
  }
  expect(paths.length).toBeGreaterThan(250)
  expect(imports.length).toBeGreaterThan(800)
  expect(imports.some(({ isTypes }) => isTypes)).toBe(true)
})

test('every folder of workers/ has its place in the order of test/tidy/modules.ts', () => {
  const compositionRoot = ['outbox']
  const placed = [...modules, ...compositionRoot]
  expect(folders('workers').filter((name) => !placed.includes(name))).toEqual([])
})

test('every import of ours leads to a file', () => {
  const ours = imports.filter(({ to }) =>
    /^(workers|web|sandbox|agent|seed|scripts|test)\/.*\.tsx?$/.test(to),
  )
  expect(ours.length).toBeGreaterThan(500)
  expect(ours.filter(({ to }) => !existsSync(join(root, to)))).toEqual([])
})

test('imports go one way, through front doors', () => {
  expect(imports.flatMap(faultsOf)).toEqual([])
})

test('no circles of code: give what both need a file of its own', () => {
  expect(circles(imports.filter(({ isTypes }) => !isTypes))).toEqual([])
})

test('faults and circles are found', () => {
  const at = (from: string, to: string) => faultsOf({ from, to, isTypes: false })
  expect(at('workers/people/a.ts', 'workers/messaging/index.ts').join()).toContain('not above it')
  expect(at('workers/consent/a.ts', 'workers/delivery/index.ts').join()).toContain('not above it')
  expect(at('workers/delivery/a.ts', 'workers/env.ts').join()).toContain('not above it')
  expect(at('workers/messaging/a.ts', 'workers/people/store.ts').join()).toContain('front door')
  expect(at('web/school/home.tsx', 'workers/people/store.ts').join()).toContain('front door')
  expect(at('workers/kernel/a.ts', 'hono').join()).toContain('knows no SQL')
  expect(at('workers/outbox/a.ts', 'test/cast/settle.ts').join()).toContain('never deployed')
  expect(at('sandbox/app.ts', 'workers/kernel/index.ts').join()).toContain('outside world')
  expect(at('workers/queues.ts', 'web/app.tsx').join()).toContain('main.ts')
  expect(at('workers/messaging/a.ts', 'workers/people/index.ts')).toEqual([])
  const round = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'b'],
    ['b', 'd'],
  ] as const
  expect(circles(round.map(([from, to]) => ({ from, to })))).toEqual(['b → c → b'])
})

test('imports are found however they are written', () => {
  const text = `
    import a, { type B } from './a.ts'
    import type { C } from '#people'
    import { type D, type E } from '#web/page.tsx'
    export * from '../f.ts'
    const g = async () => import('#workers/env.ts')`
  const found = importsOf([{ path: 'web/x/y.ts', text }]).map(({ to, isTypes }) => [to, isTypes])
  expect(found).toEqual([
    ['web/x/a.ts', false],
    ['workers/people/index.ts', true],
    ['web/page.tsx', true],
    ['web/f.ts', false],
    ['workers/env.ts', false],
  ])
})
