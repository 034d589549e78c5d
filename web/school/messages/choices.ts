import * as audit from '#audit'
import * as people from '#people'
import type { Group, PupilLine, StaffMember } from '#people'
import type { Author, Draft } from '#messaging'
import type { School } from '#shards'

/** Pupils that a search offers at a time; a longer list is found with a longer word. */
export const MAX_FOUND = 20

/** What the compose page offers to choose from, of what this person may write to. */
export type Choices = {
  groups: Group[]
  staff: StaffMember[]
  /** Those chosen already. */
  pupils: PupilLine[]
  found: PupilLine[]
}

/** Groups wholly of the years granted, the pupils chosen and those found by name; staff for who may. */
export async function choicesFor(
  school: School,
  author: Author,
  audience: Draft['audience'],
  words: string,
): Promise<Choices> {
  const [everyone, groups, staff] = await Promise.all([
    people.list(school),
    people.listGroups(school),
    author.years === null ? people.listStaff(school) : [],
  ])
  const pupils = everyone.filter((line) => people.isWithin(line, author.years))
  const chosen = new Set(audience.pupils)
  const fitting = words.trim() === '' ? [] : people.matching(pupils, words)
  const found = fitting.filter(({ id }) => !chosen.has(id)).slice(0, MAX_FOUND)
  if (found.length > 0) {
    await audit.listed(school, 'pupils.listed', { pupils: found.length })
  }
  return {
    groups: groups
      .filter((group) => group.pupils > 0 && isOffered(group, everyone, author))
      .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind)),
    staff,
    pupils: pupils.filter(({ id }) => chosen.has(id)),
    found,
  }
}

/** A class of two years is offered only to somebody who may write to both. */
function isOffered(group: Group, pupils: readonly PupilLine[], author: Author): boolean {
  if (author.years === null) return true
  // A pupil's line does not say which classes they are in, so nobody can tell of what years one is.
  if (group.kind === 'curriculum') return false
  const place = placeOf[group.kind]
  const members = pupils.filter((line) => line[place] === group.name)
  return members.length > 0 && members.every((line) => people.isWithin(line, author.years))
}

/** Years first, since most messages go to some of them. */
const kinds: Group['kind'][] = ['year', 'registration', 'house', 'curriculum']

const placeOf = { year: 'yearGroup', registration: 'registrationGroup', house: 'house' } as const
