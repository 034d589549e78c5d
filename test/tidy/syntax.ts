import { parseSync } from '@swc/core'
import type { Source } from './sources.ts'

/** A piece of a syntax tree: enough to walk it without naming every kind. */
export type Node = { type: string; span?: { start: number; end: number }; [key: string]: unknown }

/** A function of a file, with the lines it takes. */
export type Measured = { name: string; lines: number }

// swc counts positions in bytes, and on from one file to the next: they are measured from this mark,
// which no comment or directive can come before.
const MARK = ';\n'

/** The syntax tree of a TypeScript file. TypeScript 7 has no interface in JavaScript to ask for one. */
export const parse = ({ path, text }: Source): Node =>
  parseSync(text, {
    syntax: 'typescript',
    tsx: path.endsWith('.tsx'),
    target: 'es2022',
  }) as unknown as Node

/** Calls `visit` for a node and all inside it, with the node around each. */
export function walk(node: Node, visit: (node: Node, parent?: Node) => void, parent?: Node): void {
  visit(node, parent)
  for (const value of Object.values(node)) {
    for (const inner of Array.isArray(value) ? value : [value]) {
      if (isNode(inner)) walk(inner, visit, node)
      else if (isNode((inner as { expression?: unknown } | null)?.expression)) {
        walk((inner as { expression: Node }).expression, visit, node)
      }
    }
  }
}

const FUNCTIONS = [
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'MethodProperty',
]

/** The functions of a file, methods and arrow functions included. */
export function functionsOf(source: Source): Measured[] {
  const bytes = Buffer.from(`${MARK}${source.text}`)
  const tree = parse({ ...source, text: `${MARK}${source.text}` })
  const start = tree.span?.start ?? 1
  const found: Measured[] = []
  walk(tree, (node, parent) => {
    if (!FUNCTIONS.includes(node.type) || !node.span) return
    const text = bytes.subarray(node.span.start - start, node.span.end - start).toString()
    found.push({ name: nameOf(node, parent), lines: text.trimEnd().split('\n').length })
  })
  return found
}

function nameOf(node: Node, parent: Node | undefined): string {
  const named = [node['identifier'], node['key'], parent?.['id'], parent?.['key']]
  const found = named.find((one) => typeof (one as { value?: unknown } | null)?.value === 'string')
  return String((found as { value?: string } | undefined)?.value ?? 'a function without a name')
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
