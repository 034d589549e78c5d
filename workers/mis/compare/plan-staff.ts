import { newId, type StaffId } from '#kernel'
import * as people from '#people'
import type { School, Statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { Counts } from '../import.ts'
import { keysFor, pointsOf } from './join-contacts.ts'
import type { KnownPoint } from './known.ts'
import { isOfStaff, mayBeAnyStaff } from './may-be-anybody.ts'
import { type PlannedWrites, noWrites } from './plan.ts'
import { planPoints } from './plan-points.ts'
import type { Rejected, RosterStaff } from '../records/roster.ts'

/** What a file would change of the people who work at the school. */
export type StaffPlan = {
  counts: NonNullable<Counts['staff']>
  rejected: Rejected[]
  saved: people.StaffSaved[]
  left: StaffId[]
  /** Everybody who was known before. */
  knownIds: StaffId[]
  points: Pick<PlannedWrites, 'points' | 'pointsEnded'>
}

type Terms = {
  /** Nobody is missing from it but who has left. */
  isFull: boolean
  /** Rows that could not be used: whom they are about has not left. */
  rejected: readonly Rejected[]
  /** Numbers and addresses that are known now. */
  points: readonly KnownPoint[]
}

/**
 * Who is who by their id in the school's system, or, where no import has brought it yet, by a name that one
 * person has alone. Whoever left is marked, and keeps their addresses, so that accounts of theirs are found
 * (PRODUCT 3.1). In a full list whoever is missing has left too; those that a person typed in here have not.
 */
export async function planStaff(
  school: School,
  staff: readonly RosterStaff[],
  { isFull, rejected, points }: Terms,
): Promise<StaffPlan> {
  const known = await people.staffKnown(school)
  const pointsOfStaff = Map.groupBy(points, ({ personId }) => personId)
  const plan: StaffPlan = {
    counts: { added: 0, changed: 0, unchanged: 0, leaving: 0, here: known.filter(isHere).length },
    rejected: [],
    saved: [],
    left: [],
    knownIds: known.map(({ id }) => id),
    points: { points: [], pointsEnded: [] },
  }
  const seen = new Set<StaffId>()
  for (const one of staff) {
    const found = await whoIs(school, known, one)
    const isTaken = found.length === 1 && found[0] !== undefined && seen.has(found[0].id)
    if (found.length > 1 || isTaken) {
      plan.rejected.push({
        line: one.line,
        field: 'Row',
        reason: 'matches-two-staff',
        subject: 'row',
      })
      for (const { id } of found) seen.add(id)
      continue
    }
    const [before] = found
    if (before) seen.add(before.id)
    await planOne(school, plan, one, before, before ? (pointsOfStaff.get(before.id) ?? []) : [])
  }
  const spared = await thoseSpared(school, rejected)
  if (isFull && spared) planMissing(plan, known, seen, spared)
  return plan
}

/** Who rejected rows are about, by reference; undefined where one does not say, so that it may be anybody. */
async function thoseSpared(
  school: School,
  rejected: readonly Rejected[],
): Promise<Set<Fingerprint> | undefined> {
  if (mayBeAnyStaff(rejected)) return undefined
  const references = rejected.filter(isOfStaff).flatMap(({ key }) => key?.reference ?? [])
  return new Set(
    await Promise.all(references.map((each) => people.staffReferenceKey(school, each))),
  )
}

export async function staffWrites(school: School, plan: StaffPlan): Promise<Statement[]> {
  return [
    ...(await people.staffSaved(school, plan.saved)),
    ...(plan.left.length === 0 ? [] : [people.staffLeft(school, plan.left, school.clock.now())]),
    ...people.pointsEnded(school, plan.points.pointsEnded),
    ...(await people.pointsSaved(school, plan.points.points)),
  ]
}

const isHere = ({ leftAtMs }: people.StaffKnown): boolean => leftAtMs === null

async function whoIs(
  school: School,
  known: readonly people.StaffKnown[],
  { reference, forename, surname }: RosterStaff,
): Promise<people.StaffKnown[]> {
  const referenceKey = await people.staffReferenceKey(school, reference)
  const sure = known.filter((each) => each.referenceFingerprint === referenceKey)
  if (sure.length > 0) return sure
  const name: Fingerprint = await people.staffKey(school, { forename, surname })
  return known.filter((each) => each.referenceFingerprint === null && each.nameFingerprint === name)
}

async function planOne(
  school: School,
  plan: StaffPlan,
  one: RosterStaff,
  before: people.StaffKnown | undefined,
  pointsBefore: readonly KnownPoint[],
): Promise<void> {
  const { counts } = plan
  if (!one.isCurrent) return planLeaver(plan, before)
  const { title, forename, surname, reference } = one
  const record = { title: title ?? before?.record.title ?? null, forename, surname }
  const id = before?.id ?? newId('staff', school.clock.now())
  const writes = noWrites()
  const changes = planPoints(
    writes,
    { kind: 'staff', id },
    pointsBefore,
    await pointsOf(keysFor(school), one),
    { channels: told(one), isWhole: true, nowMs: school.clock.now() },
  )
  const isSame =
    before !== undefined &&
    before.leftAtMs === null &&
    before.referenceFingerprint !== null &&
    isSameRecord(before.record, record) &&
    changes.length === 0
  if (isSame) {
    counts.unchanged++
    return
  }
  if (before && before.leftAtMs === null) counts.changed++
  else counts.added++
  plan.saved.push({ id, record, reference })
  plan.points.points.push(...writes.points)
  plan.points.pointsEnded.push(...writes.pointsEnded)
}

/** A list without any number of somebody does not say that they have none. */
const told = ({ phones, emails }: RosterStaff): people.Channel[] => [
  ...(phones.length > 0 ? (['sms', 'voice'] as const) : []),
  ...(emails.length > 0 ? (['email'] as const) : []),
]

const isSameRecord = (one: people.StaffRecord, other: people.StaffRecord): boolean =>
  one.title === other.title && one.forename === other.forename && one.surname === other.surname

/** Somebody who had left before Schoolgate knew them stays unknown. */
function planLeaver(plan: StaffPlan, before: people.StaffKnown | undefined): void {
  if (before?.leftAtMs !== null) return
  plan.counts.leaving++
  plan.left.push(before.id)
}

function planMissing(
  plan: StaffPlan,
  known: readonly people.StaffKnown[],
  seen: ReadonlySet<StaffId>,
  spared: ReadonlySet<Fingerprint>,
): void {
  for (const each of known) {
    const { referenceFingerprint: reference } = each
    const isTheirs = reference !== null && !spared.has(reference)
    if (isTheirs && !seen.has(each.id)) planLeaver(plan, each)
  }
}
