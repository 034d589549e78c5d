import * as people from '#people'
import type { School, Statement } from '#shards'
import type { Fingerprint } from '#vault'
import { peopleWrites } from './people-writes.ts'
import { restrictionWrites } from './restriction-writes.ts'
import { wishCounts, wishWrites } from './wish-writes.ts'
import { compare } from './compare.ts'
import {
  type Counts,
  type HeldBecause,
  type Import,
  type ImportRecord,
  noCounts,
} from '../import.ts'
import { heldBecause } from '../guards.ts'
import type { Plan } from './plan.ts'
import { planConsents } from './plan-consents.ts'
import { type EntriesPlan, planConduct, planMarks } from './plan-entries.ts'
import { fingerprintOf, idsIn } from './plan-fingerprint.ts'
import { planStaff, type StaffPlan, staffWrites } from './plan-staff.ts'
import { planWishes } from './plan-wishes.ts'
import { makeReport, type Report, reportWithout } from './report.ts'
import { type Touched, touchedBy } from './report-touched.ts'
import type { Rejected } from '../records/roster.ts'
import {
  type ConductStaged,
  type ConsentsStaged,
  type MarksStaged,
  type RosterStaged,
  type Staged,
  type StaffStaged,
  type Told,
  toldOf,
} from '../files/staged.ts'
import { isAnotherSchool, knownSchool } from './whose-school.ts'

/** What applying what was read would do at this moment, worked out and not yet done. */
export type Worked = Planned & {
  /** With which school it says it is of, and what that was compared with. */
  record: ImportRecord
}

type Planned = {
  counts: Counts
  /** Of what it would write, whom and how: the same as long as that is the same. */
  planFingerprint: Fingerprint
  heldBecause: HeldBecause | null
  /** For a person to look at: opens whom it names. */
  report: () => Promise<Report>
  /** Made only where it is to be written, since sealing takes longer than comparing. */
  writes: () => Promise<Statement[]>
}

/** Compares what was read with what is there, whatever kind of data it is. Changes nothing. */
export async function workOut(
  school: School,
  imported: Pick<Import, 'id' | 'takenAtMs' | 'record'>,
  staged: Staged,
): Promise<Worked> {
  const { school: said, doubts } = toldOf(staged)
  const { known: _, knownName: __, ...before } = imported.record
  const known = said ? await knownSchool(school, before.dfeNumber) : {}
  const record = { ...before, school: said, ...known }
  const found: HeldBecause[] = [...doubts]
  if (isAnotherSchool(said, record)) found.push('another-school')
  return { ...(await plan(school, imported, staged, found)), record }
}

async function plan(
  school: School,
  imported: Pick<Import, 'id' | 'takenAtMs'>,
  staged: Staged,
  found: HeldBecause[],
): Promise<Planned> {
  switch (staged.data) {
    case 'roster':
      return roster(school, imported, staged, found)
    case 'staff':
      return staff(school, staged, found)
    case 'consents':
      return consents(school, imported, staged, found)
    case 'registers':
      return entries(school, staged, await planMarks(school, imported.id, staged), found)
    default:
      return entries(school, staged, await planConduct(school, staged), found)
  }
}

async function roster(
  school: School,
  { id, takenAtMs }: Pick<Import, 'id' | 'takenAtMs'>,
  staged: RosterStaged,
  found: HeldBecause[],
): Promise<Planned> {
  const { reading } = staged
  const restrictions = await people.countRestrictions(school)
  const snapshot = await people.snapshot(school)
  const plan = await compare(school, snapshot, reading, takenAtMs)
  const { staff: listed, isFull, rejected, moreRejected } = reading.roster
  const terms = { isFull: isFull && moreRejected === 0, rejected, points: snapshot.points }
  const team = listed && (await planStaff(school, listed, terms))
  const whole = withStaff(plan, team)
  const wishes = await planWishes(school, plan.wishes, takenAtMs)
  const counts = { ...whole.counts, ...wishCounts(wishes) }
  const planned = { counts, writes: plan.writes, wishes, team }
  return {
    counts,
    planFingerprint: await fingerprintOf(school, planned, idsIn(snapshot, team?.knownIds)),
    heldBecause: heldBecause(counts, found),
    report: async () =>
      makeReport(
        school,
        whole,
        staged,
        await touchedBy(school, { snapshot, writes: plan.writes, wishes, team }),
      ),
    writes: async () => [
      // An order laid while the file was compared may be one that it would lose sight of.
      people.noRestrictionSince(school, restrictions),
      ...(await peopleWrites(school, plan.writes)),
      ...(await restrictionWrites(school, id, plan.writes)),
      ...wishWrites(school, wishes),
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

async function staff(school: School, staged: StaffStaged, found: HeldBecause[]): Promise<Planned> {
  const { isFull, rejected, moreRejected } = staged
  const snapshot = await people.snapshot(school)
  const terms = { isFull: isFull && moreRejected === 0, rejected, points: snapshot.points }
  const plan = await planStaff(school, staged.staff, terms)
  const known = idsIn(snapshot, plan.knownIds)
  const counts = { ...countsOf(staged, plan.rejected), staff: plan.counts }
  return {
    ...(await simple(
      school,
      staged,
      { counts, plan },
      {
        ...{ found, rejected: plan.rejected, known },
        touched: () => touchedBy(school, { snapshot, team: plan }),
      },
    )),
    writes: () => staffWrites(school, plan),
  }
}

async function consents(
  school: School,
  { id, takenAtMs }: Pick<Import, 'id' | 'takenAtMs'>,
  staged: ConsentsStaged,
  found: HeldBecause[],
): Promise<Planned> {
  const restrictions = await people.countRestrictions(school)
  const snapshot = await people.snapshot(school)
  const { writes, told, ordersHere, rejected, known } = await planConsents(
    school,
    snapshot,
    staged,
    takenAtMs,
  )
  const wishes = await planWishes(school, told, takenAtMs)
  const counts: Counts = {
    ...countsOf(staged, rejected),
    restrictions: {
      added: writes.restrictions.length,
      ended: writes.restrictionsEnded.length,
      dropped: 0,
      here: ordersHere,
    },
    ...wishCounts(wishes),
  }
  return {
    ...(await simple(
      school,
      staged,
      { counts, writes, wishes },
      {
        ...{ found, rejected, known },
        touched: () => touchedBy(school, { snapshot, writes, wishes }),
      },
    )),
    writes: async () => [
      people.noRestrictionSince(school, restrictions),
      ...(await peopleWrites(school, writes)),
      ...(await restrictionWrites(school, id, writes)),
      ...wishWrites(school, wishes),
    ],
  }
}

async function entries(
  school: School,
  staged: MarksStaged | ConductStaged,
  plan: EntriesPlan,
  found: HeldBecause[],
): Promise<Planned> {
  const { removed, rejected } = plan
  const counts = { ...countsOf(staged, rejected), ...plan.counts }
  const known = new Set<string>(removed)
  return {
    ...(await simple(school, staged, { counts, removed }, { found, rejected, known })),
    writes: async () => plan.statements,
  }
}

type Simple = {
  found: HeldBecause[]
  rejected: Rejected[]
  known: ReadonlySet<string>
  touched?: () => Promise<Touched[]>
}

const simple = async (
  school: School,
  told: Told,
  planned: { counts: Counts } & Record<string, unknown>,
  { found, rejected, known, touched }: Simple,
) => ({
  counts: planned.counts,
  planFingerprint: await fingerprintOf(school, planned, known),
  heldBecause: heldBecause(planned.counts, found),
  report: async () =>
    reportWithout(
      { ...told, rejected: inOrder([...told.rejected, ...rejected]) },
      touched ? await touched() : [],
    ),
})

const countsOf = ({ rejected, moreRejected, dropped }: Told, more: Rejected[]): Counts => ({
  ...noCounts(),
  rejected: rejected.length + moreRejected + more.length,
  droppedColumns: dropped.length,
})

const inOrder = (rejected: Rejected[]): Rejected[] => rejected.sort((a, b) => a.line - b.line)
