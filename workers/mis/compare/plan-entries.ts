import * as attendance from '#attendance'
import { atMost, type Id, type ImportId, isRefusal, type PupilId, type Refusal } from '#kernel'
import * as people from '#people'
import type { School, Statement } from '#shards'
import type { Conduct } from '../records/conduct.ts'
import type { Counts } from '../import.ts'
import type { Days } from '../push/payload.ts'
import { Unusable } from '../push/problem.ts'
import type { PupilKey, Rejected } from '../records/roster.ts'
import type { ConductStaged, MarksStaged, Told } from '../files/staged.ts'
import { whoseKeys } from './whose-key.ts'

/** Marks or conduct as the registers take them. */
export type EntriesPlan = {
  statements: Statement[]
  counts: Pick<Counts, 'entries' | 'conduct'>
  /** What is there and goes. */
  removed: Id<'conduct'>[]
  rejected: Rejected[]
}

/**
 * Whose each mark is, and what the registers would write for it: nothing where they know it all. Full or partial,
 * a mark that is not sent stays as it is: a register is kept six years (PRODUCT 10.1).
 */
export async function planMarks(
  school: School,
  id: ImportId,
  staged: MarksStaged,
): Promise<EntriesPlan> {
  const { known, rejected } = await withPupils(school, staged, staged.marks, (mark) => mark.pupil)
  const marks = known.map(({ one: { date, at, code, minutesLate }, pupilId }) => ({
    pupilId,
    date,
    at,
    code,
    minutesLate,
  }))
  const statements = usable(await attendance.applyMarks(school, id, marks))
  const counts = { entries: statements.length > 0 ? marks.length : 0 }
  return { statements, counts, removed: [], rejected }
}

/**
 * Whose each incident is, and what bringing them in would write. A full push tells its kind whole, from its
 * first day to its last, or of the days that it names: what is known of these and not in it goes (decision 0018).
 */
export async function planConduct(school: School, staged: ConductStaged): Promise<EntriesPlan> {
  const { known, unknown, rejected } = await withPupils(
    school,
    staged,
    staged.conduct,
    (one) => one.pupil,
  )
  const conduct = known.map(({ one: { line, pupil, ...rest }, pupilId }) => ({ ...rest, pupilId }))
  const whole = wholeOf(staged, unknown)
  const change = usable(await attendance.applyConduct(school, conduct, whole))
  const { statements, written, removed, here } = change
  const told = staged.isFull && { conduct: { removed, here, isWhole: isAllRead(staged) } }
  return { statements, counts: { entries: written, ...told }, removed: change.gone, rejected }
}

/** An import is one commit: what does not fit into one is not used at all. */
function usable<T>(found: T | Refusal<'too-much-at-once' | 'too-many-marks'>): T {
  if (isRefusal(found)) throw new Unusable(found.refused)
  return found
}

/**
 * Null where nothing may be missing from it: it is partial, or a row of it could not be read, and nobody can
 * say what that was about. Of a row for whose pupil nobody is found the day at least is known. A part of a divided
 * list says itself which days are its own: none is between two parts, where what was deleted would stay.
 */
function wholeOf(
  staged: ConductStaged,
  unknown: readonly Conduct[],
): attendance.WholeConduct | null {
  const kind = KIND_OF[staged.data]
  const days = staged.conduct.filter((one) => one.kind === kind).map(({ date }) => date)
  const told = endsOf(days)
  if (!staged.isFull || !isAllRead(staged) || !told) return null
  const { from, to } = staged.days ?? told
  return { kind, from, to, unsureDays: new Set(unknown.map(({ date }) => date)) }
}

const KIND_OF = {
  behaviour: 'behaviour',
  achievements: 'achievement',
  detentions: 'detention',
} as const satisfies Record<ConductStaged['data'], attendance.ConductKind>

const isAllRead = ({ rejected, moreRejected }: Told): boolean =>
  rejected.length + moreRejected === 0

/** ISO days sort as they come. */
function endsOf(days: readonly string[]): Days | undefined {
  const [first] = days
  if (first === undefined) return undefined
  const ends = { from: first, to: first }
  for (const day of days) {
    if (day < ends.from) ends.from = day
    if (day > ends.to) ends.to = day
  }
  return ends
}

type Matched<One> = {
  known: { one: One; pupilId: PupilId }[]
  /** Those of nobody on the roll, or of nobody in particular. */
  unknown: One[]
  rejected: Rejected[]
}

/** Keys of different pupils looked up side by side. */
const KEYED_AT_ONCE = 200

async function withPupils<One extends { line: number }>(
  school: School,
  { source }: Told,
  all: readonly One[],
  keyOf: (one: One) => PupilKey,
): Promise<Matched<One>> {
  const whose = whoseKeys(school, await people.knownPupils(school), source)
  const ids = await atMost(KEYED_AT_ONCE, all, (one) => whose(keyOf(one)))
  const known: Matched<One>['known'] = []
  const unknown: One[] = []
  all.forEach((one, at) => {
    const pupilId = ids[at]
    if (pupilId) known.push({ one, pupilId })
    else unknown.push(one)
  })
  const rejected = unknown.map(({ line }) => rejectedAt(line))
  return { known, unknown, rejected }
}

const rejectedAt = (line: number): Rejected => ({
  line,
  field: 'pupil',
  reason: 'unknown-person',
  subject: 'row',
})
