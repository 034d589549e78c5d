import type { FileTie } from './file-people.ts'
import type { RosterWishes } from '../records/roster.ts'

/**
 * One tie for each contact of a pupil, where a file still lists two records that were joined here. As in the joining,
 * the better priority and any parental responsibility count; a "do not contact" or a no on either row holds.
 */
export function oneTieEach(ties: readonly FileTie[]): FileTie[] {
  const byContact = new Map<string, FileTie>()
  for (const tie of ties) {
    const before = byContact.get(tie.contact.id)
    byContact.set(tie.contact.id, before ? both(before, tie) : tie)
  }
  return [...byContact.values()]
}

const both = (one: FileTie, other: FileTie): FileTie => ({
  contact: one.contact,
  relationship: one.relationship ?? other.relationship,
  priority: better(one.priority, other.priority),
  hasParentalResponsibility: anyYes(one.hasParentalResponsibility, other.hasParentalResponsibility),
  mayNotBeContacted: one.mayNotBeContacted || other.mayNotBeContacted,
  wishes: bothWishes(one.wishes, other.wishes),
})

const better = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

const anyYes = (one: boolean | null, other: boolean | null): boolean | null =>
  one || other || (one ?? other)

/** Beside whom nothing is said of marketing has not agreed to it: then the two together have not. */
function bothWishes(one: RosterWishes, other: RosterWishes): RosterWishes {
  const merged = { ...one, ...other }
  for (const about of ['sms', 'email'] as const) {
    if (one[about] === false) merged[about] = false
  }
  if (merged.marketing) merged.marketing = one.marketing === true && other.marketing === true
  return merged
}
