import { type ImportId, isRefusal, newId, type PupilId, type Refusal, refuse } from '#kernel'
import type { School, Statement } from '#shards'
import { type Month, monthOf, type PupilMark, slotOf } from './mark.ts'
import {
  emptyPage,
  isTooFull,
  type NewMark,
  type RegisterPage,
  withMarks,
} from './register-page.ts'
import { MOST_CHARACTERS, roomFor } from './room.ts'
import * as store from './store.ts'

/**
 * The statements that bring these marks into the registers, for the commit of their import: none where they
 * say nothing new. A mark that differs from the one kept becomes an amendment. What is not among the marks
 * stays as it is, whatever the source says of itself: a register not sent is no register undone, and is kept
 * six years (PRODUCT 10.1). The commit fails where another changed the same pages meanwhile. Refused are marks on so
 * many pages that one commit cannot hold them: 100,000 can be those of a month, or of as many pupils and months. So
 * are more of one pupil in a month than there can be.
 */
export async function applyMarks(
  school: School,
  importId: ImportId,
  marks: readonly PupilMark[],
  most = MOST_CHARACTERS,
): Promise<Statement[] | Refusal<'too-much-at-once' | 'too-many-marks'>> {
  const statements: Statement[] = []
  const isTooMuch = roomFor(most)
  for (const [month, ofMonth] of Map.groupBy(marks, ({ date }) => monthOf(date))) {
    const more = await applyMonth(school, importId, month, ofMonth)
    if (isRefusal(more)) return more
    if (isTooMuch(more)) return refuse('too-much-at-once')
    statements.push(...more)
  }
  return statements
}

async function applyMonth(
  school: School,
  importId: ImportId,
  month: Month,
  marks: readonly PupilMark[],
): Promise<Statement[] | Refusal<'too-many-marks'>> {
  const byPupil = Map.groupBy(marks, ({ pupilId }) => pupilId)
  const pupils = [...byPupil.keys()]
  const known = await store.pagesOf(school, month, pupils)
  const nowMs = school.clock.now()
  const changed = pupils.flatMap((pupilId) => {
    const page: RegisterPage | undefined = known.get(pupilId)
    const old = page ?? emptyPage()
    const next = withMarks(old, newMarks(byPupil.get(pupilId)), importId, nowMs)
    return next === old ? [] : [{ ...placed(page, month, pupilId, nowMs), ...next }]
  })
  if (changed.length === 0) return []
  if (changed.some(isTooFull)) return refuse('too-many-marks')
  return [
    store.pagesUnmoved(school, month, pupils, known.values()),
    ...(await store.pagesWritten(school, changed)),
  ]
}

const newMarks = (marks: readonly PupilMark[] = []): NewMark[] =>
  marks.map(({ date, at, code, minutesLate }) => ({ slot: slotOf(date, at), code, minutesLate }))

const placed = (page: RegisterPage | undefined, month: Month, pupilId: PupilId, nowMs: number) => ({
  id: page?.id ?? newId('register-page', nowMs),
  pupilId,
  month,
  version: (page?.version ?? 0) + 1,
})
