import * as attendance from '#attendance'
import { atMost, type ImportId, type PupilId } from '#kernel'
import * as people from '#people'
import type { School, Statement } from '#shards'
import type { PupilKey, Rejected } from './roster.ts'
import type { ConductStaged, MarksStaged, Told } from './staged.ts'
import { whoseKeys } from './whose-key.ts'

/** Marks or conduct as the registers take them. */
export type EntriesPlan = { statements: Statement[]; entries: number; rejected: Rejected[] }

/** Whose each mark is, and what the registers would write for it: nothing where they know it all. */
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
  return planOf(await attendance.applyMarks(school, id, marks), marks.length, rejected)
}

export async function planConduct(
  school: School,
  id: ImportId,
  staged: ConductStaged,
): Promise<EntriesPlan> {
  const { known, rejected } = await withPupils(school, staged, staged.conduct, (one) => one.pupil)
  const conduct = known.map(({ one: { line, pupil, ...rest }, pupilId }) => ({ ...rest, pupilId }))
  return planOf(await attendance.applyConduct(school, id, conduct), conduct.length, rejected)
}

const planOf = (statements: Statement[], given: number, rejected: Rejected[]): EntriesPlan => ({
  statements,
  entries: statements.length > 0 ? given : 0,
  rejected,
})

type Matched<One> = { known: { one: One; pupilId: PupilId }[]; rejected: Rejected[] }

/** Keys of different pupils looked up side by side. */
const KEYED_AT_ONCE = 200
/** As the readers of files have it: more are counted only. */
const MAX_REJECTED = 1000

async function withPupils<One extends { line: number }>(
  school: School,
  { source }: Told,
  all: readonly One[],
  keyOf: (one: One) => PupilKey,
): Promise<Matched<One>> {
  const whose = whoseKeys(school, await people.knownPupils(school), source)
  const ids = await atMost(KEYED_AT_ONCE, all, (one) => whose(keyOf(one)))
  const matched: Matched<One> = { known: [], rejected: [] }
  all.forEach((one, at) => {
    const pupilId = ids[at]
    if (pupilId) matched.known.push({ one, pupilId })
    else if (matched.rejected.length < MAX_REJECTED) {
      const { line } = one
      matched.rejected.push({ line, field: 'pupil', reason: 'unknown-person', subject: 'row' })
    }
  })
  return matched
}
