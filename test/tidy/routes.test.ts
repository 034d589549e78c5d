import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type Source, sources } from './sources.ts'
import { type Node, parse } from './syntax.ts'

const DOORS = [
  'everyArea',
  'schoolRoute',
  'operatorRoute',
  'authorityRoute',
  'signedInRoute',
  'publicRoute',
  'carrierRoute',
  'agentRoute',
  'unknownAgentRoute',
]

const pages = sources(/^web\/.*\.tsx?$/).filter(
  ({ path }) => !path.includes('.test.') && !/^web\/(islands|kit)\/|(^|\/)routes?\.ts$/.test(path),
)
const made = pages.flatMap(routesMadeIn)
/** The list of all, and those of each audience that it takes in. */
const tables = sources(/^web\/([a-z]+\/)?routes\.ts$/)

test('there are routes to look at', () => {
  expect(made.length).toBeGreaterThan(20)
  expect(tables.length).toBeGreaterThan(3)
})

test('every route is in a routes.ts: what is not there has no URL and is not tested', () => {
  const listed = tables.flatMap(imported)
  const missing = made.filter(({ path, name }) => !listed.includes(`${path} ${name}`))
  expect(missing).toEqual([])
})

test.each(tables)('$path lists what it imports, once each, and nothing else', (table) => {
  const elements = listedNames(parse(table))
  expect([...elements].sort()).toEqual([...localNames(table)].sort())
  expect(new Set(elements).size).toBe(elements.length)
})

test('web/routes.ts takes in the list of every audience', () => {
  const taken = tables.flatMap(imported)
  const others = tables.map(({ path }) => path).filter((path) => path !== 'web/routes.ts')
  expect(others.filter((path) => !taken.some((one) => one.startsWith(`${path} `)))).toEqual([])
})

test('a URL has one route, and a route one file', () => {
  const paths = made.map(({ url }) => url)
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([])
  const files = made.map(({ path }) => path)
  expect(files.filter((path, index) => files.indexOf(path) !== index)).toEqual([])
})

test('nothing but web/app.tsx adds a URL: a route has its door from web/route.ts', () => {
  const others = pages.filter(
    ({ path, text }) =>
      path !== 'web/app.tsx' &&
      /new Hono\b|\bdoor:\s*\{|\bapp\.(get|post|put|delete|all|route)\(/.test(text),
  )
  expect(others.map(({ path }) => path)).toEqual([])
})

/** Constants that a file exports and makes with one of the doors. */
function routesMadeIn(source: Source): { path: string; name: string; url: string }[] {
  const tree = parse(source)
  return statementsOf(tree).flatMap((statement) => {
    const declaration = statement['declaration'] as Node | undefined
    const declarators = (declaration?.['declarations'] ?? []) as Node[]
    return declarators.flatMap((declarator) => {
      const call = declarator['init'] as Node | undefined
      const door = (call?.['callee'] as { value?: string } | undefined)?.value ?? ''
      const [first] = (call?.['arguments'] ?? []) as { expression: { value?: string } }[]
      const name = (declarator['id'] as { value: string }).value
      return DOORS.includes(door)
        ? [{ path: source.path, name, url: urlOf(tree, first?.expression.value ?? '') }]
        : []
    })
  })
}

/** The path itself, or what the constant of that name says. */
function urlOf(tree: Node, given: string): string {
  if (given.startsWith('/')) return given
  for (const statement of statementsOf(tree)) {
    for (const declarator of (statement['declarations'] ?? []) as Node[]) {
      const { value } = declarator['id'] as { value?: string }
      if (value === given) return (declarator['init'] as { value?: string }).value ?? given
    }
  }
  return given
}

type Imported = { from: string; name: string; local: string }

function routeImports(table: Source): Imported[] {
  return statementsOf(parse(table)).flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration' || statement['typeOnly']) return []
    const from = join(dirname(table.path), (statement['source'] as { value: string }).value)
    const specifiers = statement['specifiers'] as {
      local: { value: string }
      imported?: { value: string }
    }[]
    return specifiers.map(({ local, imported: named }) => ({
      from,
      local: local.value,
      name: named?.value ?? local.value,
    }))
  })
}

const imported = (table: Source) => routeImports(table).map(({ from, name }) => `${from} ${name}`)
const localNames = (table: Source) => routeImports(table).map(({ local }) => local)

function listedNames(tree: Node): string[] {
  for (const statement of statementsOf(tree)) {
    const declaration = (statement['declaration'] ?? statement) as Node
    const [declarator] = (declaration['declarations'] ?? []) as Node[]
    const elements = (declarator?.['init'] as Node | undefined)?.['elements'] as
      | { expression: { value: string } }[]
      | undefined
    if (elements) return elements.map(({ expression }) => expression.value)
  }
  return []
}

function statementsOf(tree: Node): Node[] {
  return tree['body'] as Node[]
}
