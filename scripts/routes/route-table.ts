import type { Door, Route } from '../../web/route.ts'
import type { Doors } from './load-doors.ts'

const INTRODUCTION = `# Every URL, and who may

Made by \`npm run routes\` from \`web/routes.ts\` and \`web/may.ts\`; a test says when it is out of date. Not found
and forbidden look the same from outside: a door that does not open answers 404, and one that wants a person
asks for a sign-in.
`

const areas = [
  { name: 'The school area', kind: 'school', rules: 'schoolRules' },
  { name: 'The authority area', kind: 'authority', rules: 'authorityRules' },
  { name: 'The operator area', kind: 'operator', rules: 'operatorRules' },
] as const

const others = [
  {
    kind: 'signed-in',
    name: 'One’s own account',
    says: 'For anyone signed in, of whatever organisation, about themselves.',
  },
  { kind: 'public', name: 'Public pages', says: 'For anyone at all.' },
  {
    kind: 'agent',
    name: 'Agents in schools',
    says: 'For a school’s agent, by its login and the name of its API key; without them, 401. Enrolment asks for a code, and anybody may ask who the server is.',
  },
  {
    kind: 'carrier',
    name: 'Carriers',
    says: 'For a carrier, who signs what it posts; without its signature, 401.',
  },
] as const satisfies readonly { kind: Door['kind']; name: string; says: string }[]

/** The whole document. Throws for a kind of door that it has no section for. */
export function routeTable(doors: Doors): string {
  const told = new Set<string>([...areas, ...others].map(({ kind }) => kind))
  const untold = doors.routes.filter(({ door }) => !told.has(door.kind))
  if (untold.length > 0) throw new Error(`No section for ${untold.map(({ path }) => path).join()}`)
  return [
    INTRODUCTION,
    ...areas.map((area) => areaSection(doors, area)),
    ...others.map((other) => otherSection(doors, other)),
  ].join('\n')
}

type Area = (typeof areas)[number]
type Rule = {
  roles: readonly (keyof Doors['roleNames'])[]
  grant?: string
  product?: string
  notOverdue?: true
  notSupport?: true
}

function areaSection(doors: Doors, { name, kind, rules }: Area): string {
  const ruleOf = doors.rules[rules] as Record<string, Rule>
  const roles = [...new Set(Object.values(ruleOf).flatMap((rule) => rule.roles))]
  const named = roles.map((role) => doors.roleNames[role])
  const permissions = Object.entries(ruleOf).map(([permission, rule]) =>
    row(
      code(permission),
      ...roles.map((role) => (rule.roles.includes(role) ? 'yes' : '')),
      ...furtherOf(rule),
    ),
  )
  const mayOf = ({ door }: Route): string => ('may' in door ? door.may : '')
  const routes = ofKind(doors, kind).map((route) => {
    const rule = ruleOf[mayOf(route)]
    if (!rule) throw new Error(`${route.path} asks for a permission that is not in web/may.ts`)
    const who = rule.roles.map((role) => doors.roleNames[role]).join(', ')
    return row(...placeOf(route), code(mayOf(route)), who, ...furtherOf(rule), ...demandsOf(route))
  })
  return [
    `## ${name}`,
    '',
    ...table(['permission', ...named, ...FURTHER], permissions),
    '',
    ...table(['path', 'methods', 'permission', 'roles', ...FURTHER, ...DEMANDS], routes),
    '',
  ].join('\n')
}

function otherSection(doors: Doors, { kind, name, says }: (typeof others)[number]): string {
  const routes = ofKind(doors, kind).map((route) => {
    const { door } = route
    const while_ = door.kind === 'signed-in' ? door.whileNeeding.join(', ') : ''
    return row(...placeOf(route), while_, ...demandsOf(route))
  })
  return [
    `## ${name}`,
    '',
    says,
    '',
    ...table(['path', 'methods', 'also while needing', ...DEMANDS], routes),
    '',
  ].join('\n')
}

const FURTHER = ['or with the grant', 'only with the product', 'held back']
const DEMANDS = ['proof within ten minutes', 'body up to']

const furtherOf = ({ grant = '', product = '', notOverdue, notSupport }: Rule): string[] => [
  grant,
  product,
  [notOverdue && 'while a review is overdue', notSupport && 'from support that was let in']
    .filter(Boolean)
    .join('; '),
]

const placeOf = ({ path, get, post }: Route): string[] => [
  code(path),
  [get && 'GET', post && 'POST'].filter(Boolean).join(', '),
]

const demandsOf = ({ door, post, maxBodyBytes }: Route): string[] => [
  'isConfirmed' in door && door.isConfirmed ? 'yes' : '',
  post ? sizeOf(maxBodyBytes) : '',
]

const sizeOf = (bytes: number): string =>
  bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes / 1_000} kB`

const ofKind = ({ routes }: Doors, kind: Door['kind']): Route[] =>
  routes
    .filter(({ door }) => door.kind === kind)
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))

const code = (text: string): string => `\`${text}\``
const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`
const table = (heads: string[], rows: string[]): string[] => [
  row(...heads),
  row(...heads.map(() => '---')),
  ...rows,
]
