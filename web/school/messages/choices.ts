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
  const found = words.trim() === '' ? [] : people.matching(pupils, words)
  return {
    groups: groups
      .filter((group) => group.pupils > 0 && isOffered(group, everyone, author))
      .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind)),
    staff,
    pupils: pupils.filter(({ id }) => chosen.has(id)),
    found: found.filter(({ id }) => !chosen.has(id)).slice(0, MAX_FOUND),
  }
}

/** A class of two years is offered only to somebody who may write to both. */
function isOffered(group: Group, pupils: readonly PupilLine[], author: Author): boolean {
  if (author.years === null) return true
  const members = pupils.filter((line) => line[placeOf[group.kind]] === group.name)
  return members.length > 0 && members.every((line) => people.isWithin(line, author.years))
}

/** Years first, since most messages go to some of them. */
const kinds: Group['kind'][] = ['year', 'registration', 'house']

const placeOf = { year: 'yearGroup', registration: 'registrationGroup', house: 'house' } as const
