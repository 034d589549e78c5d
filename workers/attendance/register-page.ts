import type { AttendanceCode, Id, ImportId, UserId } from '#kernel'
import { type LessonMark, type Month, placeOf, type SessionMark, type Slot } from './mark.ts'

/** A code, with the minutes where somebody was late. */
export type KeptMark = AttendanceCode | readonly [AttendanceCode, number]

/** What the sealed page of one pupil and month holds. */
export type PageRecord = {
  marks: Record<Slot, KeptMark>
  /** In the order in which they were made. Nothing is ever taken out (PRODUCT 10.1). */
  amendments: Amendment[]
}

/** PRODUCT 10.1: the original, the new, why, when, and who with their title. */
export type Amendment = {
  slot: Slot
  original: AttendanceCode
  code: AttendanceCode
  reason: string | null
  atMs: number
  by: AmendedBy
}

/** A person here, or the school's own system by an import: it does not say who. */
export type AmendedBy =
  | { kind: 'person'; id: UserId; name: string; title: string }
  | { kind: 'import'; id: ImportId }

export type RegisterPage = { id: Id<'register-page'>; month: Month; version: number } & PageRecord

const DAYS_OF_A_MONTH = 31
/** Morning, afternoon, and the lessons of a day with the longest timetable there is. */
const MARKS_OF_A_DAY = 2 + 20
export const MAX_MARKS_OF_A_PAGE = DAYS_OF_A_MONTH * MARKS_OF_A_DAY
/** Each mark of a month five times over; a hundred bytes and some each, they stay below what a row may have. */
export const MAX_AMENDMENTS_OF_A_PAGE = 5 * MAX_MARKS_OF_A_PAGE

/**
 * Whether nobody's month can look like this: what a source calls a period is something else, such as the time. Its row
 * would be beyond the 2 MB that D1 takes (D1 limits page), and could never be written.
 */
export const isTooFull = ({ marks, amendments }: PageRecord): boolean =>
  Object.keys(marks).length > MAX_MARKS_OF_A_PAGE || amendments.length > MAX_AMENDMENTS_OF_A_PAGE

export const emptyPage = (): PageRecord => ({ marks: {}, amendments: [] })

export const codeOf = (mark: KeptMark): AttendanceCode =>
  typeof mark === 'string' ? mark : mark[0]
export const minutesOf = (mark: KeptMark): number | null =>
  typeof mark === 'string' ? null : mark[1]

export type NewMark = { slot: Slot; code: AttendanceCode; minutesLate: number | null }

/** The page with these marks on it; the same page where they say nothing new. */
export function withMarks(
  page: PageRecord,
  marks: readonly NewMark[],
  importId: ImportId,
  atMs: number,
): PageRecord {
  let next = page
  for (const mark of marks) {
    const kept = next.marks[mark.slot]
    if (kept !== undefined && (isSame(kept, mark) || isOutdated(next, mark))) continue
    if (next === page) next = { marks: { ...page.marks }, amendments: [...page.amendments] }
    next.marks[mark.slot] = asKept(mark)
    const original = kept && codeOf(kept)
    if (original === undefined || original === mark.code) continue
    const { slot, code } = mark
    const by = { kind: 'import', id: importId } as const
    next.amendments.push({ slot, original, code, reason: null, atMs, by })
  }
  return next
}

const asKept = ({ code, minutesLate }: NewMark): KeptMark =>
  minutesLate === null ? code : [code, minutesLate]

const isSame = (kept: KeptMark, { code, minutesLate }: NewMark): boolean =>
  codeOf(kept) === code && (minutesLate === null || minutesOf(kept) === minutesLate)

/**
 * Somebody here amended this very code, and the school's system has not heard of it yet: its old mark must
 * not undo what a person decided.
 */
function isOutdated({ amendments }: PageRecord, { slot, code }: NewMark): boolean {
  const last = amendments.findLast((one) => one.slot === slot)
  return last?.by.kind === 'person' && last.original === code
}

/** The marks of pages in the order of days, mornings first. */
export function marksOf(pages: readonly RegisterPage[]): {
  sessions: SessionMark[]
  lessons: LessonMark[]
} {
  const sessions: SessionMark[] = []
  const lessons: LessonMark[] = []
  for (const { month, marks } of pages) {
    for (const [slot, kept] of Object.entries(marks)) {
      const { date, at } = placeOf(month, slot)
      const mark = { date, code: codeOf(kept), minutesLate: minutesOf(kept) }
      if (at.kind === 'session') sessions.push({ ...mark, session: at.session })
      else lessons.push({ ...mark, period: at.period })
    }
  }
  sessions.sort((a, b) => order(`${a.date}${a.session}`, `${b.date}${b.session}`))
  lessons.sort((a, b) => order(`${a.date}${a.period}`, `${b.date}${b.period}`))
  return { sessions, lessons }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
