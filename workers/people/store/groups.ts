import { and, eq, sql } from 'drizzle-orm'
import type { GroupId, PupilId } from '#kernel'
import { anyOf, insertAll, type School, type Statement, statement } from '#shards'
import { byGroupName, type Group, type GroupKind } from '../group.ts'
import { groupKey } from '../keys.ts'
import type { Placing } from '../pupil.ts'
import type { GroupSaved, MembershipSaved } from '../snapshot.ts'
import { groups, memberships, pupils } from '../tables.ts'
import { opened } from './opened.ts'
import { saved, sealedRows } from './saved.ts'

/** Every group, with the number of its pupils on roll, sorted by kind and name. */
export async function listGroups(school: School): Promise<Group[]> {
  const [named, counted] = await Promise.all([allGroups(school), countMembers(school)])
  const countOf = new Map(counted.map(({ groupId, pupils: count }) => [groupId, count]))
  const listed = named.map(({ id, kind, record }) => ({
    id,
    kind,
    name: record.name,
    pupils: countOf.get(id) ?? 0,
  }))
  return listed.sort((a, b) => a.kind.localeCompare(b.kind) || byGroupName(a, b))
}

/** The names of the groups each pupil is in; of every pupil where no ids are given. */
export async function placings(
  school: School,
  pupilIds?: readonly PupilId[],
): Promise<(id: PupilId) => Placing> {
  const [named, members] = await Promise.all([allGroups(school), membersByGroup(school, pupilIds)])
  const membersOf = new Map(members.map((one) => [one.groupId, one.pupilIds]))
  const placed = new Map<PupilId, Placing>()
  for (const group of named) {
    const place = placeOf[group.kind]
    if (place === null) continue
    for (const id of JSON.parse(membersOf.get(group.id) ?? '[]') as PupilId[]) {
      const placing = placed.get(id) ?? { ...nowhere }
      placing[place] ??= group.record.name
      placed.set(id, placing)
    }
  }
  return (id) => placed.get(id) ?? { ...nowhere }
}

export const allGroups = async (school: School) =>
  opened(school, groups.record, await school.db.select().from(groups).where(ours(school)))

export async function groupsSaved(
  school: School,
  rows: readonly GroupSaved[],
): Promise<Statement[]> {
  const sealed = await sealedRows(rows, async ({ id, kind, name }) => ({
    id,
    schoolId: school.id,
    kind,
    record: await school.seal(groups.record, id, { name }),
    fingerprint: await groupKey(school, name),
  }))
  return saved(groups, sealed, [groups.kind, groups.record, groups.fingerprint])
}

/** The pupils named leave all their groups and join the ones given. */
export const membershipsReplaced = (
  school: School,
  pupilIds: readonly PupilId[],
  rows: readonly MembershipSaved[],
): Statement[] => [
  ...(pupilIds.length === 0 ? [] : [membershipsEnded(school, pupilIds)]),
  ...insertAll(
    memberships,
    rows.map((row) => ({ ...row, schoolId: school.id })),
    'ignore',
  ),
]

const ours = (school: School) => eq(groups.schoolId, school.id)
const nowhere: Placing = { yearGroup: null, registrationGroup: null, house: null }
const placeOf = {
  year: 'yearGroup',
  registration: 'registrationGroup',
  house: 'house',
  // One of many does not say where a pupil is placed.
  curriculum: null,
} as const satisfies Record<GroupKind, keyof Placing | null>

// One row a group: thousands of small rows cost more than the text that lists them.
const membersByGroup = (school: School, pupilIds?: readonly PupilId[]) =>
  school.rows<{ groupId: GroupId; pupilIds: string }>(
    statement(sql`
      select group_id as groupId, json_group_array(pupil_id) as pupilIds from memberships
      where school_id = ${school.id} and ${pupilIds ? anyOf(memberships.pupilId, pupilIds) : sql`true`}
      group by group_id`),
  )

const countMembers = (school: School) =>
  school.db
    .select({ groupId: memberships.groupId, pupils: sql<number>`count(*)` })
    .from(memberships)
    .innerJoin(
      pupils,
      and(
        eq(pupils.id, memberships.pupilId),
        eq(pupils.schoolId, school.id),
        sql`left_at_ms is null`,
      ),
    )
    .where(eq(memberships.schoolId, school.id))
    .groupBy(memberships.groupId)

function membershipsEnded(school: School, pupilIds: readonly PupilId[]): Statement {
  const condition = and(eq(memberships.schoolId, school.id), anyOf(memberships.pupilId, pupilIds))
  return school.db.delete(memberships).where(condition).toSQL()
}
