import { dirname, join } from 'node:path/posix'
import { modules } from './modules.ts'
import type { Source } from './sources.ts'
import { type Node, parse, walk } from './syntax.ts'

/** One import of a file: a path from the root, or a package's name. `isTypes`: gone when it runs. */
export type Import = { from: string; to: string; isTypes: boolean }

/** Every import and re-export of some files, `import()` included, with what our own names lead to. */
export const importsOf = (sources: readonly Source[]): Import[] => sources.flatMap(importsIn)

function importsIn(source: Source): Import[] {
  const tree = parse(source)
  const statements = (tree['body'] as Node[]).flatMap((statement) => {
    const named = (statement['source'] as { value?: string } | null | undefined)?.value
    return named === undefined ? [] : [{ named, isTypes: isOfTypes(statement) }]
  })
  const calls = dynamicImports(tree).map((named) => ({ named, isTypes: false }))
  return [...statements, ...calls].map(({ named, isTypes }) => ({
    from: source.path,
    to: leadsTo(source.path, named),
    isTypes,
  }))
}

function isOfTypes(statement: Node): boolean {
  const specifiers = (statement['specifiers'] ?? []) as { isTypeOnly?: boolean }[]
  const areTypes = specifiers.length > 0 && specifiers.every(({ isTypeOnly }) => isTypeOnly)
  return statement['typeOnly'] === true || areTypes
}

function dynamicImports(tree: Node): string[] {
  const found: string[] = []
  walk(tree, (node) => {
    if ((node['callee'] as Node | undefined)?.type !== 'Import') return
    const [first] = node['arguments'] as { expression: { value?: string } }[]
    found.push(String(first?.expression.value))
  })
  return found
}

/** As package.json's "imports" has it. */
function leadsTo(importer: string, named: string): string {
  if (named.startsWith('.')) return join(dirname(importer), named)
  if (/^#(workers|web)\//.test(named)) return named.slice(1)
  return modules.includes(named.slice(1)) ? `workers/${named.slice(1)}/index.ts` : named
}

/** Each way round that comes back to where it began, as "a → b → a". */
export function circles(imports: readonly Pick<Import, 'from' | 'to'>[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const found: string[] = []
  const done = new Set<string>()
  const follow = (path: string, trail: readonly string[]) => {
    const before = trail.indexOf(path)
    if (before !== -1) found.push([...trail.slice(before), path].join(' → '))
    if (before !== -1 || done.has(path)) return
    for (const to of next.get(path) ?? []) follow(to, [...trail, path])
    done.add(path)
  }
  for (const path of next.keys()) follow(path, [])
  return found
}
