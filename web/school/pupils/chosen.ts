import * as audit from '#audit'
import { type GroupId, parseId } from '#kernel'
import * as people from '#people'
import type { Group, PupilLine } from '#people'
import { pageNumber } from '../../page-number.ts'
import type { SchoolVisit } from '../../route.ts'

/** Pupils on one page of the list, and of what a search shows at most. */
export const PAGE = 50

/** What somebody asked the list for. Groups are ids, so that they may stand in a URL; words may not. */
export type Asked = {
  words: string
  year: GroupId | undefined
  registration: GroupId | undefined
  page: number
}

export type Chosen = {
  asked: Asked
  /** Those that somebody they may see is in: the classes of other years are not offered. */
  groups: Group[]
  /** Everyone who fits, and those of them that this page shows. */
  total: number
  shown: PupilLine[]
  /** Pages of the whole list; a search has one, and says to type more. */
  pages: number
}

export const askedInUrl = (visit: SchoolVisit): Asked => ({
  words: '',
  year: parseId('group', visit.c.req.query('year')),
  registration: parseId('group', visit.c.req.query('registration')),
  page: pageNumber(visit),
})

/**
 * The pupils who fit, of those this person may see. A page past the end shows the last one. That somebody
 * was shown so many stands in the trail; whoever opens one of them leaves an entry about that one.
 */
export async function choose(visit: SchoolVisit, asked: Asked): Promise<Chosen> {
  const { school, user } = visit
  const [everyone, known] = await Promise.all([
    people.list(school, { yearGroups: user.yearGroups }),
    people.listGroups(school),
  ])
  const groups = known.filter((group) => everyone.some((pupil) => isIn(pupil, group)))
  const year = known.find((group) => group.id === asked.year)?.name
  const registration = known.find((group) => group.id === asked.registration)?.name
  const fitting = people
    .matching(everyone, asked.words)
    .filter((pupil) => year === undefined || pupil.yearGroup === year)
    .filter((pupil) => registration === undefined || pupil.registrationGroup === registration)

  const pages = asked.words === '' ? Math.max(1, Math.ceil(fitting.length / PAGE)) : 1
  const page = Math.min(asked.page, pages)
  const shown = fitting.slice((page - 1) * PAGE, page * PAGE)
  if (shown.length > 0) {
    await audit.listed(school, 'pupils.listed', { pupils: shown.length })
  }
  return { asked: { ...asked, page }, groups, total: fitting.length, shown, pages }
}

const isIn = (pupil: PupilLine, { kind, name }: Group): boolean =>
  (kind === 'year' && pupil.yearGroup === name) ||
  (kind === 'registration' && pupil.registrationGroup === name)

export function pageHref({ year, registration }: Asked, page: number): string {
  const query = new URLSearchParams({
    ...(page > 1 && { page: String(page) }),
    ...(year && { year }),
    ...(registration && { registration }),
  })
  return query.size === 0 ? '/school/pupils' : `/school/pupils?${query}`
}
