import type { Facts } from '#audit'
import { fromStoredMillipence, showPounds, showShort } from '#kernel'
import { roleNames } from './roles.ts'

/** Said with who did it, or of no use to whoever reads it. */
const SAID_ELSEWHERE = ['level', 'access', 'shard']

const labels: Readonly<Record<string, string>> = {
  because: 'Why',
  answers: 'In answer to',
  import: 'By import',
  millipence: 'Amount',
  screenedBy: 'By the code of',
  idleMs: 'Ends when left alone for',
  absoluteMs: 'Ends after',
  wish: 'They asked for',
  kind: 'Kind',
  isCut: 'Cut off',
  sealed: 'In the chain',
  unsealed: 'Not chained yet',
  subject: 'About',
  dfeNumberBefore: 'DfE number before',
  dfeNumberAfter: 'DfE number after',
}

const values: Readonly<Record<string, string>> = {
  totp: 'code of an app',
  csv: 'CSV',
  sms: 'text',
}

type Value = Facts[string]

/** What else an entry says, a few words each; `nameOf` knows those of its ids that have a name. */
export const factLines = (
  facts: Facts,
  nameOf: (id: string) => string | undefined = () => undefined,
): string[] =>
  Object.entries(facts)
    .filter(([name, value]) => !SAID_ELSEWHERE.includes(name) && value !== null && value !== '')
    .map(([name, value]) => `${labels[name] ?? spaced(name)}: ${valueWords(name, value, nameOf)}`)

function valueWords(name: string, value: Value, nameOf: (id: string) => string | undefined) {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return numberWords(name, value)
  if (value === null) return 'none'
  if (name === 'role' && Object.hasOwn(roleNames, value)) return roleNames[value as never]
  const words = nameOf(value) ?? values[value]
  return words ?? (ID_PATTERN.test(value) ? value : value.replaceAll('-', ' '))
}

const ID_PATTERN = /^[a-z]{3}_[0-9a-z]+$/
const MINUTE_MS = 60_000

function numberWords(name: string, value: number): string {
  if (name === 'millipence') return showPounds(fromStoredMillipence(value))
  if (name.endsWith('AtMs') || /^(from|until)Ms$/.test(name)) return showShort(value)
  if (name.endsWith('Ms')) return `${Math.round(value / MINUTE_MS)} minutes`
  return value.toLocaleString('en-GB')
}

/** "dueAtMs" as "Due", "yearGroups" as "Year groups". */
function spaced(name: string): string {
  const words = name
    .replace(/(At)?Ms$/, '')
    .replaceAll('-', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
