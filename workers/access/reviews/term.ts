import { invariant, londonDay, startOfDay } from '#kernel'

/**
 * The terms of a year, and the day on which each term's review opens. No law fixes them: the dates of
 * terms are the local authority's or the governing body's to set (Education Act 2002, section 32). These
 * are days on which schools of England are back, or nearly: the first of September, the week after the New
 * Year, and the twentieth of April, since Easter holidays end by then in almost every year.
 */
const openings = { spring: '01-05', summer: '04-20', autumn: '09-01' } as const
const seasons = ['spring', 'summer', 'autumn'] as const

export type Season = (typeof seasons)[number]
/** "2026-autumn": the calendar year in which the term opens. */
export type TermName = `${number}-${Season}`
export type Term = { readonly name: TermName; readonly opensAtMs: number }

const DAY_MS = 24 * 60 * 60_000
/** PRODUCT 3.9: four weeks to look at everybody. The last of these days is the due day. */
export const REVIEW_DAYS = 28

/** The term that opened last. */
export const termAt = (nowMs: number): Term =>
  one(around(nowMs).findLast(({ opensAtMs }) => opensAtMs <= nowMs))

/** The term that opens next. */
export const termAfter = (nowMs: number): Term =>
  one(around(nowMs).find(({ opensAtMs }) => opensAtMs > nowMs))

/** The end of the due day in London, for a review that opens at this instant. */
export const dueAfter = (openedAtMs: number): number =>
  startOfDay(londonDay(openedAtMs + (REVIEW_DAYS + 1) * DAY_MS))

/** "autumn term 2026" */
export function showTerm(name: TermName): string {
  const [year, season] = name.split('-')
  return `${season} term ${year}`
}

/** Those of the years before, now and after, in order. */
function around(nowMs: number): Term[] {
  const year = Number(londonDay(nowMs).slice(0, 4))
  return [year - 1, year, year + 1].flatMap((each) =>
    seasons.map((season) => ({
      name: `${each}-${season}` as const,
      opensAtMs: startOfDay(`${each}-${openings[season]}`),
    })),
  )
}

function one(term: Term | undefined): Term {
  invariant(term, 'a year has terms')
  return term
}
