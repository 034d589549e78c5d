import { type Day, londonDay, type PupilId } from '#kernel'
import type { School } from '#shards'
import type { Conduct } from './conduct.ts'
import { absencesAmong, type Figures, figuresByMonth, figuresOf, until as upTo } from './figures.ts'
import { type LessonMark, type MarkAt, type Month, placeOf, type SessionMark } from './mark.ts'
import { type Amendment, marksOf } from './register-page.ts'
import { conductOf } from './conduct-store.ts'
import { pagesBetween } from './store.ts'

/** One pupil's registers of a school year, as far as it has come. */
export type PupilYear = {
  /** The first and the last day of the school year. */
  from: Day
  to: Day
  figures: Figures
  byMonth: { month: Month; figures: Figures }[]
  sessions: SessionMark[]
  lessons: LessonMark[]
  /** The newest first. */
  absences: SessionMark[]
  /** The newest first, with where in the register each is. */
  amendments: (Amendment & { date: Day; at: MarkAt })[]
}

/** A pupil's year until today, or until that day of an earlier year. */
export async function yearOf(
  school: School,
  pupilId: PupilId,
  onDay: Day = londonDay(school.clock.now()),
): Promise<PupilYear> {
  const { from, to } = schoolYear(onDay)
  const pages = await pagesBetween(school, pupilId, from.slice(0, 7), to.slice(0, 7))
  const marks = marksOf(pages)
  const sessions = upTo(marks.sessions, onDay)
  return {
    from,
    to,
    figures: figuresOf(sessions),
    byMonth: figuresByMonth(sessions),
    sessions,
    lessons: upTo(marks.lessons, onDay),
    absences: absencesAmong(sessions),
    amendments: pages
      .flatMap(({ month, amendments }) =>
        amendments.map((one) => ({ ...one, ...placeOf(month, one.slot) })),
      )
      .sort((a, b) => b.atMs - a.atMs),
  }
}

/** Conduct shown at most: a pupil who is praised every day has some 190 a year. */
const MOST_CONDUCT = 400

/** What a pupil did well or badly this school year, the newest first. */
export const conductThisYear = (school: School, pupilId: PupilId): Promise<Conduct[]> => {
  const { from } = schoolYear(londonDay(school.clock.now()))
  return conductOf(school, pupilId, { since: from.slice(0, 7), limit: MOST_CONDUCT })
}

/** From August: terms begin before September in some authorities. */
export function schoolYear(day: Day): { from: Day; to: Day } {
  const [year, month] = day.split('-').map(Number) as [number, number]
  const begins = month >= 8 ? year : year - 1
  return { from: `${begins}-08-01`, to: `${begins + 1}-07-31` }
}
