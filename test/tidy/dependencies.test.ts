import { expect, test } from 'vitest'
import { read } from './sources.ts'

type Listed = Readonly<Record<string, string>>
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
  dependencies: Listed
  devDependencies: Listed
}
const locked = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, Record<string, unknown>> })
    .packages,
).filter(([path]) => path !== '')

test('there are dependencies to look at', () => {
  expect(Object.keys(dependencies).length).toBeGreaterThan(10)
  expect(locked.length).toBeGreaterThan(100)
})

test('each is asked for in one version: write it without ^ and ~', () => {
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  expect(loose).toEqual([])
})

test('each that comes with them is known by its digest: what was put in its place is not installed', () => {
  const unknown = locked.filter(([, { integrity }]) => !String(integrity).startsWith('sha512-'))
  expect(unknown.map(([path]) => path)).toEqual([])
})
