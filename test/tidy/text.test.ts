import { expect, test } from 'vitest'
import { sources } from './sources.ts'

const everything = sources(/\.(tsx?|mjs|md|toml|sql|json|s?css|yml)$/).filter(
  ({ path }) => path !== 'package-lock.json' && !path.startsWith('test/samples/'),
)
const product = everything.filter(({ path }) => /^(workers|web)\/.*\.tsx?$/.test(path))

const where = (files: typeof everything, pattern: RegExp): string[] =>
  files
    .filter(({ path, text }) => path !== 'test/tidy/text.test.ts' && pattern.test(text))
    .map(({ path }) => path)

test('there is something to read', () => {
  expect(everything.length).toBeGreaterThan(200)
  expect(product.length).toBeGreaterThan(150)
})

test('only workers/kernel/log.ts writes to the log: it withholds what could be personal', () => {
  const deployed = product.filter(({ path }) => !/\.test\.|^web\/islands\//.test(path))
  const writers = where(deployed, /\bconsole\.\w+\(/)
  expect(writers).toEqual(['workers/kernel/log.ts'])
})

test('nothing is left to do: do it, or make an issue of it', () => {
  expect(where(everything, /\b(TODO|FIXME)\b/)).toEqual([])
})

test('no test is skipped or alone', () => {
  expect(where(everything, /\b(test|it|describe)\.(skip|only|todo|fails)\b/)).toEqual([])
})

test('no path of one machine, no registry', () => {
  expect(
    where(everything, /\/(home|Users|root|work)\/[a-z]|["'`]\/tmp\/|registry\.[a-z]+\.(org|com)/),
  ).toEqual([])
})

test('telephone numbers are of Ofcom’s ranges for drama, so that a slip reaches nobody', () => {
  const real = /\+447(?!700900)\d{9}\b|\b07(?!700 ?900)\d{3} ?\d{3} ?\d{3}\b/
  expect(
    where(
      everything.filter(({ path }) => !path.includes('phone')),
      real,
    ),
  ).toEqual([])
})

test('e-mail addresses are of domains that nobody has', () => {
  const real = /[\w.+-]+@(?!([\w-]+\.)*(example|test|invalid|localhost)\b)[\w-]+\.[a-z]{2,}\b/i
  const others = everything.filter(({ path }) => !path.includes('email'))
  expect(where(others, real)).toEqual([])
})

test('no type is given up', () => {
  expect(where(product, /@ts-(ignore|nocheck|expect-error)|\bas any\b/)).toEqual([])
})
