import * as access from '#access'
import type { TrailEntry } from '#audit'
import { parseId, type SupportAccessId } from '#kernel'
import type { Directory, School, SystemActor } from '#shards'
import { levelWords, machineWords } from '../../words/trail.ts'

/** Who did something, as the trail tells it. */
export type Who = {
  /** "Mrs Ngozi Okafor", "Schoolgate support, Basic: Dot Ainsley", "Schoolgate (outbox)". */
  name: string
  /** Set where it was somebody of the operator, with why they came in, or took an export. */
  support?: { access: SupportAccessId | null; reason: string | null }
}

/** Names for everybody in these entries, looked up together. */
export async function whoDid(
  directory: Directory,
  school: School,
  entries: readonly TrailEntry[],
): Promise<(entry: TrailEntry) => Who> {
  const people = entries.filter(({ actorKind }) => actorKind !== 'system')
  const ids = [...new Set(people.flatMap(({ actorId }) => parseId('user', actorId) ?? []))]
  const accesses = [...new Set(entries.flatMap((entry) => accessOf(entry) ?? []))]
  const exported = entries.flatMap(({ subject }) => parseId('bulk-export', subject) ?? [])
  const [names, leaves, reasons] = await Promise.all([
    access.namesByIds(directory, ids),
    access.supportAccessesByIds(directory, school, accesses),
    access.bulkExportReasons(directory, school, [...new Set(exported)]),
  ])
  return (entry) => {
    const name = names.get(entry.actorId) ?? 'Somebody who is no longer on record'
    if (entry.actorKind === 'user') return { name }
    if (entry.actorKind !== 'operator') return { name: machine(entry.actorId) }
    const id = accessOf(entry)
    const leave = id === undefined ? undefined : leaves.get(id)
    const reason = leave?.reason ?? reasons.get(entry.subject) ?? null
    return { name: operatorName(entry, name), support: { access: id ?? null, reason } }
  }
}

/** By which leave of the school somebody of the operator did this. */
const accessOf = ({ actorKind, facts }: TrailEntry): SupportAccessId | undefined =>
  actorKind === 'operator' && typeof facts['access'] === 'string'
    ? parseId('support-access', facts['access'])
    : undefined

function operatorName(entry: TrailEntry, name: string): string {
  const level = levelWords[String(entry.facts['level'])]
  const kind = accessOf(entry) === undefined ? 'Schoolgate' : 'Schoolgate support'
  return level === undefined ? `${kind}: ${name}` : `${kind}, ${level}: ${name}`
}

const machine = (part: string): string =>
  machineWords[part as SystemActor] ?? `Schoolgate (${part})`
