import { expect, test } from 'vitest'
import { hasSentence, trailGroups } from '#web/words/trail.ts'
import { type Source, sources } from './sources.ts'
import { type Node, parse, walk } from './syntax.ts'

/** Of what kind a call is that says its action in a way nobody can read without running it. */
const UNREADABLE = 'say the action as a word in this file'

const code = sources(/^(workers|web|bench\/worker|test\/cast)\/.*\.tsx?$/).filter(
  ({ path }) => !path.includes('.test.') && !path.startsWith('workers/audit/'),
)
const written = code.flatMap(actionsOf)
const known = Object.values(trailGroups).flatMap(({ actions }) => Object.keys(actions))

test('there are entries to look at', () => {
  expect(written.length).toBeGreaterThan(60)
  expect(new Set(written.map(({ action }) => action)).size).toBeGreaterThan(50)
})

test('every action of the trail has a sentence in web/words/trail-office.ts or web/words/trail-access.ts', () => {
  const wordless = written.filter(({ action }) => !isKnown(action))
  expect(wordless.map(({ path, action }) => `${path}: ${action}`)).toEqual([])
})

test('an action has one sentence, in one group', () => {
  expect(known.filter((action, at) => known.indexOf(action) !== at)).toEqual([])
  for (const action of known) expect(action).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
})

test('actions are found however they are written', () => {
  const text = `
    const REFUSED = 'user.refused'
    const words = { on: 'user.added', off: 'user.removed' } as const
    audit.entry(school, 'pupil.viewed', id)
    await audit.viewed(school, isOne ? 'pupil.listed' : 'pupils.listed', [id])
    await audit.listed(school, 'staff.listed', {})
    audit.entry(school, REFUSED, id)
    audit.entry(school, words[step], id)
    audit.entry(school, \`export.\${decision}\`, id)
    other.entry(school, 'not.ours', id)`
  const found = actionsOf({ path: 'x.ts', text }).map(({ action }) => action)
  expect(found.toSorted()).toEqual([
    'export.*',
    'pupil.listed',
    'pupil.viewed',
    'pupils.listed',
    'staff.listed',
    'user.added',
    'user.refused',
    'user.removed',
  ])
  const handedIn = `
    const on = () => change(school, 'gate.opened')
    log('gate.failed', {})
    const change = (school, action) => audit.entry(school, action, 'id')`
  expect(actionsOf({ path: 'x.ts', text: handedIn })).toEqual([
    { path: 'x.ts', action: 'gate.opened' },
  ])
  const unread = actionsOf({ path: 'x.ts', text: 'audit.entry(school, asked(), id)' })
  expect(unread).toEqual([{ path: 'x.ts', action: UNREADABLE }])
  expect(isKnown(UNREADABLE)).toBe(false)
})

/** `export.*` stands for all that begin so. */
function isKnown(action: string): boolean {
  if (!action.endsWith('.*')) return hasSentence(action)
  return known.some((one) => one.startsWith(action.slice(0, -1)))
}

/** The second argument of each `audit.entry`, `audit.viewed` and `audit.listed`. */
function actionsOf(source: Source): { path: string; action: string }[] {
  const tree = parse(source)
  const found: string[] = []
  walk(tree, (node) => {
    if (node.type !== 'CallExpression' || !isOfAudit(node['callee'] as Node)) return
    const [, second] = node['arguments'] as { expression: Node }[]
    const actions = second ? readable(second.expression, tree) : []
    found.push(...(actions.length > 0 ? actions : [UNREADABLE]))
  })
  return found.map((action) => ({ path: source.path, action }))
}

/** What the argument says; where it was handed in as `action`, what the file hands in. */
function readable(argument: Node, tree: Node): string[] {
  const said = wordsIn(argument, tree)
  if (said.length > 0 || argument['value'] !== 'action') return said
  const handedIn: string[] = []
  walk(tree, (node) => {
    if (node.type !== 'CallExpression') return
    const callee = node['callee'] as { value?: string }
    if (callee.value === 'log') return
    for (const { expression } of node['arguments'] as { expression: Node }[]) {
      if (expression.type === 'StringLiteral' && isAction(expression['value'] as string)) {
        handedIn.push(expression['value'] as string)
      }
    }
  })
  return handedIn
}

function isOfAudit(callee: Node): boolean {
  if (callee.type !== 'MemberExpression') return false
  const [object, property] = [callee['object'], callee['property']] as { value?: string }[]
  return object?.value === 'audit' && ['entry', 'viewed', 'listed'].includes(property?.value ?? '')
}

/** The words that an expression may come to, those of constants of its file too. */
function wordsIn(expression: Node, tree: Node): string[] {
  const found: string[] = []
  walk(expression, (node) => {
    if (node.type === 'StringLiteral' && isAction(node['value'] as string)) {
      found.push(node['value'] as string)
    }
    if (node.type === 'TemplateLiteral') {
      const [first] = node['quasis'] as { cooked: string }[]
      if (first) found.push(`${first.cooked.slice(0, first.cooked.indexOf('.'))}.*`)
    }
    if (node.type === 'Identifier') {
      const constant = initOf(node['value'] as string, tree)
      if (constant) found.push(...wordsIn(constant, tree))
    }
  })
  return found
}

function isAction(text: string): boolean {
  return /^[a-z-]+\.[a-z-]+$/.test(text)
}

function initOf(name: string, tree: Node): Node | undefined {
  let init: Node | undefined
  walk(tree, (node) => {
    const id = node['id'] as { value?: string } | undefined
    if (node.type === 'VariableDeclarator' && id?.value === name) init ??= node['init'] as Node
  })
  return init
}
