import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/places.ts'
import { read } from './sources.ts'

const model = read('docs/threat-model.md')

/** Rows of the tables of threats: what could be done, what stands against it, what shows that. */
const threats = model
  .slice(model.indexOf('## Threats'))
  .split('\n')
  .filter((line) => /^\| [^|]+\|[^|]+\|[^|]+\|$/.test(line) && !/^\| (threat|---)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

/** `a/test/file.test.ts`: “its name” */
const shown = [...model.matchAll(/`([\w./-]+\.test\.tsx?)`(?:: ((?:“[^”]+”(?:, )?)+))?/g)].map(
  ([, path = '', names = '']) => ({
    path,
    names: [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
  }),
)

test('there are threats, and tests that cover them', () => {
  expect(threats.length).toBeGreaterThan(30)
  expect(shown.length).toBeGreaterThan(30)
})

test('each threat has a test that covers it, or the reason for which it is accepted', () => {
  const bare = threats.filter(([, , , by = '']) => !/\.test\.tsx?`|^Accepted: .{20,}/.test(by))
  expect(bare.map(([, threat]) => threat)).toEqual([])
})

test('each test that docs/threat-model.md names is there, by that name: correct the page', () => {
  const missing = shown.flatMap(({ path, names }) => {
    if (!existsSync(join(root, path))) return [path]
    const text = read(path)
    return names.filter((name) => !text.includes(name)).map((name) => `${path}: ${name}`)
  })
  expect(missing).toEqual([])
})
