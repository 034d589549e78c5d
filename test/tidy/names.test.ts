import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { sources } from './sources.ts'
import { type Node, parse, walk } from './syntax.ts'

const BANNED = [
  'util',
  'utils',
  'helper',
  'helpers',
  'manager',
  'service',
  'handler',
  'processor',
  'common',
  'misc',
  'base',
  'impl',
]

const ours = sources(/^(workers|web|sandbox|agent|seed|scripts|test|bench)\//)
const code = ours.filter(({ path }) => /\.(tsx?|mjs)$/.test(path) && !path.endsWith('.d.ts'))

test('there is something to read', () => {
  expect(code.length).toBeGreaterThan(150)
})

test('files and folders are kebab-case, but for READMEs', () => {
  const pattern = /^([._]?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*|[A-Z]+\.md)$/
  const others = ours.filter(({ path }) => !path.split('/').every((part) => pattern.test(part)))
  expect(others.map(({ path }) => path)).toEqual([])
})

test(`no name says ${BANNED.slice(0, 5).join(', ')} and the like: say what it does`, () => {
  const files = code
    .filter(({ path }) => wordsOf(basename(path)).some(isBanned))
    .map(({ path }) => path)
  const names = code.flatMap((source) =>
    declared(parse(source))
      .filter((name) => wordsOf(name).some(isBanned))
      .map((name) => `${source.path}: ${name}`),
  )
  expect([...files, ...names]).toEqual([])
})

test('words are told apart in every way of writing them', () => {
  expect(wordsOf('sendHandler')).toContain('handler')
  expect(wordsOf('BASE_URL')).toContain('base')
  expect(wordsOf('base64url')).not.toContain('base')
  expect(wordsOf('database-path.ts')).not.toContain('base')
})

/** Functions, types and constants that a file declares at its top, and classes. */
function declared(tree: Node): string[] {
  const names: string[] = []
  walk(tree, (node) => {
    const id = (node['identifier'] ?? node['id']) as { value?: string } | null | undefined
    const declares =
      /^(FunctionDeclaration|VariableDeclarator|TsTypeAliasDeclaration|ClassDeclaration)$/
    if (declares.test(node.type) && typeof id?.value === 'string') names.push(id.value)
  })
  return names
}

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)

const isBanned = (word: string): boolean => BANNED.includes(word)
