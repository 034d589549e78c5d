import { type GroupId, newId, type PupilId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { FilePupil } from './file-people.ts'
import type { Known } from './known.ts'
import type { Change, PlannedWrites } from './plan.ts'
import type { RosterPupil } from '../records/roster.ts'
import type { Topic } from '../read/tells.ts'

/** The groups of the school with those that the file brings, found by kind and name. */
export type Groups = {
  byName: Map<string, { id: GroupId; name: string }>
  nameOf: Map<GroupId, { kind: people.GroupKind; name: string }>
  groupsOf: Map<PupilId, GroupId[]>
}

const KINDS = [
  { kind: 'year', topic: 'year-group', of: ({ yearGroup }) => some(yearGroup) },
  {
    kind: 'registration',
    topic: 'registration-group',
    of: ({ registrationGroup }) => some(registrationGroup),
  },
  { kind: 'house', topic: 'house', of: ({ house }) => some(house) },
  {
    kind: 'curriculum',
    topic: 'curriculum-groups',
    of: ({ curriculumGroups = [] }) => curriculumGroups,
  },
] as const satisfies {
  kind: people.GroupKind
  topic: Topic
  of: (pupil: RosterPupil) => readonly string[]
}[]

/** Finds the groups that the file names, and plans those that the school does not have yet. */
export async function planGroups(
  school: School,
  known: Known,
  pupils: readonly FilePupil[],
  writes: PlannedWrites,
): Promise<Groups> {
  const { groups, memberships } = known.snapshot
  const byFingerprint = new Map<string, { id: GroupId; name: string }>(
    groups.map((group) => [`${group.kind} ${group.fingerprint}`, group]),
  )
  const all: Groups = {
    byName: new Map(),
    nameOf: new Map(groups.map(({ id, kind, name }) => [id, { kind, name }])),
    groupsOf: new Map(),
  }
  for (const { pupilId, groupId } of memberships) {
    const of = all.groupsOf.get(pupilId)
    if (of) of.push(groupId)
    else all.groupsOf.set(pupilId, [groupId])
  }
  for (const { kind, name } of named(pupils)) {
    const at = `${kind} ${await people.groupKey(school, name)}`
    const group = byFingerprint.get(at) ?? added(school, writes, kind, name)
    byFingerprint.set(at, group)
    all.byName.set(`${kind} ${name}`, group)
    all.nameOf.set(group.id, { kind, name: group.name })
  }
  return all
}

/** What the file says of one pupil's groups; kinds that it does not speak of stay. */
export function planMemberships(
  groups: Groups,
  { id, pupil }: FilePupil,
  tells: ReadonlySet<Topic>,
  writes: PlannedWrites,
): Change[] {
  const before = groups.groupsOf.get(id) ?? []
  const changes: Change[] = []
  const after: GroupId[] = []
  for (const { kind, topic, of } of KINDS) {
    const had = before.filter((groupId) => groups.nameOf.get(groupId)?.kind === kind)
    const named = new Map(
      of(pupil).flatMap((name) => {
        const group = groups.byName.get(`${kind} ${name}`)
        return group ? [[group.id, group.name] as const] : []
      }),
    )
    const has = tells.has(topic) ? [...named.keys()] : had
    after.push(...has)
    if (had.length === has.length && had.every((groupId) => has.includes(groupId))) continue
    const from = had.map((groupId) => groups.nameOf.get(groupId)?.name).join(', ')
    changes.push({ field: topic, from: from || null, to: [...named.values()].join(', ') || null })
  }
  if (changes.length > 0) {
    writes.regrouped.push(id)
    writes.memberships.push(...after.map((groupId) => ({ groupId, pupilId: id })))
  }
  return changes
}

function named(pupils: readonly FilePupil[]): { kind: people.GroupKind; name: string }[] {
  const found = new Map<string, { kind: people.GroupKind; name: string }>()
  for (const { pupil } of pupils) {
    for (const { kind, of } of KINDS) {
      for (const name of of(pupil)) found.set(`${kind} ${name}`, { kind, name })
    }
  }
  return [...found.values()]
}

const some = (name: string | null): string[] => (name === null ? [] : [name])

function added(school: School, writes: PlannedWrites, kind: people.GroupKind, name: string) {
  const group = { id: newId('group', school.clock.now()), kind, name }
  writes.groups.push(group)
  return group
}
