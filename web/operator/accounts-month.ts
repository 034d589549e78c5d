import { londonDay, showDay, startOfDay } from '#kernel'
import type { Period } from '#schools'

/** '2026-11': a month as it is in London. */
export type Month = string

/** Months offered, this one first: as long as a financial year and one to compare it with. */
const OFFERED = 24

export const monthsOffered = (nowMs: number): Month[] => {
  const [year = 0, month = 1] = londonDay(nowMs).split('-').map(Number)
  return Array.from({ length: OFFERED }, (_, back) => monthAt(year, month - back))
}

/** The month that was asked for, if it is offered; else this one. */
export const monthIn = (typed: string | undefined, nowMs: number): Month => {
  const offered = monthsOffered(nowMs)
  return offered.find((month) => month === typed) ?? offered[0] ?? monthAt(0, 1)
}

/** From its first moment in London to the first of the next. */
export const periodOf = (month: Month): Period => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return {
    fromMs: startOfDay(`${monthAt(year, number)}-01`),
    untilMs: startOfDay(`${monthAt(year, number + 1)}-01`),
  }
}

/** "November 2026" */
export const showMonth = (month: Month): string => showDay(`${month}-01`).replace(/^1 /, '')

/** Months past December and before January belong to the years beside. */
function monthAt(year: number, month: number): Month {
  const inYear = (((month - 1) % 12) + 12) % 12
  return `${year + Math.floor((month - 1) / 12)}-${String(inYear + 1).padStart(2, '0')}`
}
