import { type ImportId, newId, type PupilId } from '#kernel'
import type { School, Statement } from '#shards'
import { type Month, monthOf, type PupilMark, slotOf } from './mark.ts'
import { emptyPage, type NewMark, type RegisterPage, withMarks } from './register-page.ts'
import * as store from './store.ts'

/**
 * The statements that bring these marks into the registers, for the commit of their import: none where they
 * say nothing new. A mark that differs from the one kept becomes an amendment. What is not among the marks
 * stays as it is: a register not sent is no register undone. The commit fails where another changed the
 * same pages meanwhile.
 */
export async function applyMarks(
  school: School,
  importId: ImportId,
  marks: readonly PupilMark[],
): Promise<Statement[]> {
  const statements: Statement[] = []
  for (const [month, ofMonth] of Map.groupBy(marks, ({ date }) => monthOf(date))) {
    statements.push(...(await applyMonth(school, importId, month, ofMonth)))
  }
  return statements
}

async function applyMonth(
  school: School,
  importId: ImportId,
  month: Month,
  marks: readonly PupilMark[],
): Promise<Statement[]> {
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
