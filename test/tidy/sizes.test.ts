import { expect, test } from 'vitest'
import { sources } from './sources.ts'
import { functionsOf } from './syntax.ts'

const MAX_FILE_LINES = 250
/** A test file is a world with people in it, who are introduced once. */
const MAX_TEST_LINES = 400
const MAX_FUNCTION_LINES = 50
const MAX_MEDIAN_LINES = 70

const ours = sources(/^(workers|web|sandbox|agent|seed|scripts|test|bench)\/.*\.(tsx?|mjs)$/)
const isTest = (path: string) => path.includes('.test.')
const product = ours.filter(({ path }) => /^(workers|web|sandbox|agent)\//.test(path))

test('there is something to measure', () => {
  expect(product.length).toBeGreaterThan(150)
})

test(`no file is over ${MAX_FILE_LINES} lines: give one of its parts a file and a name of its own`, () => {
  const long = ours
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > (isTest(path) ? MAX_TEST_LINES : MAX_FILE_LINES))
  expect(long).toEqual([])
})

test(`the median file of the product is under ${MAX_MEDIAN_LINES} lines: files are growing; split some`, () => {
  const lines = product
    .filter(({ path }) => !isTest(path))
    .map(({ text }) => text.trimEnd().split('\n').length)
    .sort((a, b) => a - b)
  expect(lines[Math.floor(lines.length / 2)]).toBeLessThan(MAX_MEDIAN_LINES)
})

test(`no function is over ${MAX_FUNCTION_LINES} lines: name a step of it and take it out`, () => {
  const measured = ours
    .filter(({ path }) => /\.tsx?$/.test(path) && !isTest(path))
    .flatMap((source) => functionsOf(source).map((one) => ({ path: source.path, ...one })))
  expect(measured.length).toBeGreaterThan(800)
  expect(measured.filter(({ lines }) => lines > MAX_FUNCTION_LINES)).toEqual([])
})

test('functions are measured to the line', () => {
  const text = 'const é = 1\nexport function one() {\n  return é\n}\nconst two = () => [\n  1,\n]\n'
  const measured = functionsOf({ path: 'x.ts', text })
  expect(measured).toEqual([
    { name: 'one', lines: 3 },
    { name: 'two', lines: 3 },
  ])
})
