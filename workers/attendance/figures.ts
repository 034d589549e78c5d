import { CODES_2024, type Day, isPossible, type MarkMeaning } from '#kernel'
import { type Month, monthOf, type SessionMark } from './mark.ts'

/** What a pupil's sessions come to (PRODUCT 10.1): only possible ones are in the denominator. */
export type Figures = {
  possible: number
  /** Present, or at an approved activity. */
  attended: number
  authorised: number
  unauthorised: number
  /** Late, before or after the register closed. */
  late: number
  /** Of 100; null where no session was possible. */
  percentage: number | null
  /** Missed 10% of possible sessions or more; 50% or more. */
  persistence: 'none' | 'persistent' | 'severe'
}

/** Shares of possible sessions missed (DfE, Working together to improve school attendance, 2024). */
const PERSISTENT_SHARE = 0.1
const SEVERE_SHARE = 0.5

export function figuresOf(sessions: readonly SessionMark[]): Figures {
  const count = (meaning: MarkMeaning) =>
    sessions.filter(({ code }) => CODES_2024[code].meaning === meaning).length
  const possible = sessions.filter(({ code }) => isPossible(code)).length
  const [authorised, unauthorised] = [count('authorised'), count('unauthorised')]
  const attended = count('present') + count('approved-activity')
  return {
    possible,
    attended,
    authorised,
    unauthorised,
    late: sessions.filter(({ code }) => code === 'L' || code === 'U').length,
    percentage: possible === 0 ? null : (attended / possible) * 100,
    persistence: persistenceOf(authorised + unauthorised, possible),
  }
}

/** The same for each month that has a mark. */
export const figuresByMonth = (
  sessions: readonly SessionMark[],
): { month: Month; figures: Figures }[] =>
  [...Map.groupBy(sessions, ({ date }) => monthOf(date))].map(([month, marks]) => ({
    month,
    figures: figuresOf(marks),
  }))

/** Sessions that were missed, the newest first. */
export const absencesAmong = (sessions: readonly SessionMark[]): SessionMark[] =>
  sessions.filter((mark) => isAbsence(mark)).reverse()

/** Marks up to that day: what was entered ahead, such as a holiday agreed, is no absence yet. */
export const until = <M extends { date: Day }>(marks: readonly M[], day: Day): M[] =>
  marks.filter(({ date }) => date <= day)

const isAbsence = ({ code }: SessionMark): boolean =>
  ['authorised', 'unauthorised'].includes(CODES_2024[code].meaning)

function persistenceOf(missed: number, possible: number): Figures['persistence'] {
  if (possible === 0 || missed < possible * PERSISTENT_SHARE) return 'none'
  return missed < possible * SEVERE_SHARE ? 'persistent' : 'severe'
}
