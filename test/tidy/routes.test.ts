import { expect, test } from 'vitest'
import { read, type Source, sources } from './sources.ts'
import { type Node, parse } from './syntax.ts'

const DOORS = [
  'schoolRoute',
  'operatorRoute',
  'authorityRoute',
  'signedInRoute',
  'publicRoute',
  'carrierRoute',
]

const pages = sources(/^web\/.*\.tsx?$/).filter(
  ({ path }) => !path.includes('.test.') && !/^web\/(islands|kit)\/|^web\/routes?\.ts$/.test(path),
)
const made = pages.flatMap(routesMadeIn)
const table = parse({ path: 'web/routes.ts', text: read('web/routes.ts') })

test('there are routes to look at', () => {
  expect(made.length).toBeGreaterThan(20)
})

test('every route is in web/routes.ts: what is not there has no URL and is not tested', () => {
  const listed = imported(table)
  const missing = made.filter(({ path, name }) => !listed.includes(`${path} ${name}`))
  expect(missing).toEqual([])
})

test('web/routes.ts lists what it imports, once each, and nothing else', () => {
  const elements = listedNames(table)
  expect([...elements].sort()).toEqual([...localNames(table)].sort())
  expect(new Set(elements).size).toBe(elements.length)
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
  return statementsOf(parse(source)).flatMap((statement) => {
    const declaration = statement['declaration'] as Node | undefined
    const declarators = (declaration?.['declarations'] ?? []) as Node[]
    return declarators.flatMap((declarator) => {
      const call = declarator['init'] as Node | undefined
      const door = (call?.['callee'] as { value?: string } | undefined)?.value ?? ''
      const [first] = (call?.['arguments'] ?? []) as { expression: { value?: string } }[]
      const name = (declarator['id'] as { value: string }).value
      return DOORS.includes(door)
        ? [{ path: source.path, name, url: first?.expression.value ?? '' }]
        : []
    })
  })
}

type Imported = { from: string; name: string; local: string }

function routeImports(tree: Node): Imported[] {
  return statementsOf(tree).flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration' || statement['typeOnly']) return []
    const from = (statement['source'] as { value: string }).value.replace('./', 'web/')
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

const imported = (tree: Node) => routeImports(tree).map(({ from, name }) => `${from} ${name}`)
const localNames = (tree: Node) => routeImports(tree).map(({ local }) => local)

function listedNames(tree: Node): string[] {
  for (const statement of statementsOf(tree)) {
    const [declarator] = ((statement['declaration'] as Node | undefined)?.['declarations'] ??
      []) as Node[]
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
