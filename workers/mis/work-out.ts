import * as consent from '#consent'
import * as delivery from '#delivery'
import type { ImportId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import type { School, Statement } from '#shards'
import { restrictionWrites } from './apply-restrictions.ts'
import { compare } from './compare.ts'
import { type Counts, type HeldBecause, heldBecause, noCounts } from './import.ts'
import type { Plan, PlannedWrites } from './plan.ts'
import { planConsents, type Wish } from './plan-consents.ts'
import { type EntriesPlan, planConduct, planMarks } from './plan-entries.ts'
import { planStaff, type StaffPlan, staffWrites } from './plan-staff.ts'
import { makeReport, type Report, reportOfNobody } from './report.ts'
import type { Rejected } from './roster.ts'
import {
  type ConductStaged,
  type ConsentsStaged,
  type MarksStaged,
  type RosterStaged,
  type Staged,
  type StaffStaged,
  type Told,
  toldOf,
} from './staged.ts'
import { isOfAnotherSchool } from './push-store.ts'

/** What applying what was read would do at this moment, worked out and not yet done. */
export type Worked = {
  counts: Counts
  heldBecause: HeldBecause | null
  /** For a person to look at: opens whom it names. */
  report: () => Promise<Report>
  /** Made only where it is to be written, since sealing takes longer than comparing. */
  writes: () => Promise<Statement[]>
}

/** Compares what was read with what is there, whatever kind of data it is. Changes nothing. */
export async function workOut(school: School, id: ImportId, staged: Staged): Promise<Worked> {
  const told = toldOf(staged)
  const found: HeldBecause[] = [...told.doubts]
  if (await isOfAnotherSchool(school, told.school)) found.push('another-school')
  switch (staged.data) {
    case 'roster':
      return roster(school, id, staged, found)
    case 'staff':
      return staff(school, staged, found)
    case 'consents':
      return consents(school, id, staged, found)
    case 'registers':
      return entries(staged, await planMarks(school, id, staged), found)
    default:
      return entries(staged, await planConduct(school, id, staged), found)
  }
}

async function roster(
  school: School,
  id: ImportId,
  { reading }: RosterStaged,
  found: HeldBecause[],
): Promise<Worked> {
  const restrictions = await people.countRestrictions(school)
  const snapshot = await people.snapshot(school)
  const plan = await compare(school, snapshot, reading)
  const { staff: listed, isFull, moreRejected } = reading.roster
  const terms = { isFull: isFull && moreRejected === 0, points: snapshot.points }
  const team = listed && (await planStaff(school, listed, terms))
  const whole = withStaff(plan, team)
  return {
    counts: whole.counts,
    heldBecause: heldBecause(whole.counts, plan.onRoll, found),
    report: () => makeReport(school, whole, reading),
    writes: async () => [
      // An order laid while the file was compared may be one that it would lose sight of.
      people.noRestrictionSince(school, restrictions),
      ...(await writesOf(school, plan.writes)),
      ...(await restrictionWrites(school, id, plan.writes)),
      ...(team ? await staffWrites(school, team) : []),
    ],
  }
}

function withStaff(plan: Plan, team: StaffPlan | undefined): Plan {
  if (!team) return plan
  const rejected = inOrder([...plan.rejected, ...team.rejected])
  const counts = {
    ...plan.counts,
    rejected: plan.counts.rejected + team.rejected.length,
    staff: team.counts,
  }
  return { ...plan, rejected, counts }
}

async function staff(school: School, staged: StaffStaged, found: HeldBecause[]): Promise<Worked> {
  const { isFull, rejected, moreRejected } = staged
  const { points } = await people.snapshot(school)
  const isWhole = isFull && rejected.length + moreRejected === 0
  const plan = await planStaff(school, staged.staff, { isFull: isWhole, points })
  const counts = { ...countsOf(staged, plan.rejected), staff: plan.counts }
  return {
    ...simple(staged, counts, found, plan.rejected),
    writes: () => staffWrites(school, plan),
  }
}

async function consents(
  school: School,
  id: ImportId,
  staged: ConsentsStaged,
  found: HeldBecause[],
): Promise<Worked> {
  const restrictions = await people.countRestrictions(school)
  const said = await consent.countSaid(school)
  const { writes, stopped, resumed, rejected } = await planConsents(
    school,
    staged.consents,
    staged.source,
  )
  const counts: Counts = {
    ...countsOf(staged, rejected),
    restrictions: {
      added: writes.restrictions.length,
      ended: writes.restrictionsEnded.length,
      dropped: 0,
    },
    wishes: { stopped: stopped.length, resumed: resumed.length },
  }
  return {
    ...simple(staged, counts, found, rejected),
    writes: async () => [
      people.noRestrictionSince(school, restrictions),
      consent.nothingSaidSince(school, said),
      ...(await writesOf(school, writes)),
      ...(await restrictionWrites(school, id, writes)),
      ...consent.stoppedByMis(school, stopped),
      ...consent.takenBackByMis(school, resumed),
      ...stoppedOnTheWay(school, stopped),
    ],
  }
}

/** A wish to stop leaves attendance and emergencies alone (PRODUCT 6.4). */
const stoppedOnTheWay = (school: School, stopped: readonly Wish[]): Statement[] =>
  stopped.length === 0
    ? []
    : delivery.withheld(
        school,
        stopped.map(({ fingerprint }) => fingerprint),
        { because: 'stopped', urgencyFrom: messaging.urgencyOf('operational') },
      )

function entries(
  staged: MarksStaged | ConductStaged,
  plan: EntriesPlan,
  found: HeldBecause[],
): Worked {
  const counts = { ...countsOf(staged, plan.rejected), entries: plan.entries }
  return {
    ...simple(staged, counts, found, plan.rejected),
    writes: async () => plan.statements,
  }
}

const simple = (told: Told, counts: Counts, found: HeldBecause[], rejected: Rejected[]) => ({
  counts,
  heldBecause: heldBecause(counts, 0, found),
  report: async () =>
    reportOfNobody({ ...told, rejected: inOrder([...told.rejected, ...rejected]) }),
})

const countsOf = ({ rejected, moreRejected, dropped }: Told, more: Rejected[]): Counts => ({
  ...noCounts(),
  rejected: rejected.length + moreRejected + more.length,
  droppedColumns: dropped.length,
})

const inOrder = (rejected: Rejected[]): Rejected[] => rejected.sort((a, b) => a.line - b.line)

async function writesOf(school: School, writes: PlannedWrites): Promise<Statement[]> {
  const nowMs = school.clock.now()
  return [
    ...(await people.groupsSaved(school, writes.groups)),
    ...(await people.pupilsSaved(school, writes.pupils)),
    ...people.pupilsReturned(school, writes.returned),
    ...people.pupilsLeft(school, writes.left, nowMs),
    ...people.membershipsReplaced(school, writes.regrouped, writes.memberships),
    ...(await people.contactsSaved(school, writes.contacts)),
    ...people.relationshipsEnded(school, writes.tiesEnded),
    ...(await people.relationshipsSaved(school, writes.ties)),
    ...people.pointsEnded(school, writes.pointsEnded),
    ...(await people.pointsSaved(school, writes.points)),
    ...people.restrictionsEnded(school, writes.restrictionsEnded),
    ...(await people.restrictionsSaved(school, writes.restrictions)),
  ]
}
