import { atMost, type PupilId } from '#kernel'
import type { Snapshot } from '#people'
import type { School } from '#shards'
import type { Counts } from '../import.ts'
import { joinContacts } from './join-contacts.ts'
import { arranged, type Known } from './known.ts'
import { type Matching, matchPupils } from './match-pupils.ts'
import { mayBeAnyPupil } from './may-be-anybody.ts'
import { noWrites, type Plan } from './plan.ts'
import { contactsStaying, countLeaving, countPoints, planContacts } from './plan-contacts.ts'
import { planGroups } from './plan-groups.ts'
import { planPupils } from './plan-pupils.ts'
import { countFromMis, planRestrictions, thoseDropped } from './plan-restrictions.ts'
import { wishesOf } from './plan-wishes.ts'
import type { PupilKey, Roster, RosterSource } from '../records/roster.ts'
import type { Reading } from '../read/tells.ts'
import { whoseKeys } from './whose-key.ts'

/**
 * What a file would change on the roll as the snapshot has it. Changes nothing; the school is only asked
 * for keyed digests, and for the records of those people of whom the file says something new.
 */
export async function compare(
  school: School,
  snapshot: Snapshot,
  { roster, tells: topics }: Reading,
  takenAtMs: number,
): Promise<Plan> {
  const known = arranged(snapshot)
  const tells = new Set(topics)
  const writes = noWrites()
  const matching = await matchPupils(school, known, roster)
  const joined = await joinContacts(school, known, matching.matched)
  const groups = await planGroups(school, known, joined.pupils, writes)
  const endsTies = !roster.areContactsPartial
  const pupils = await planPupils(
    school,
    known,
    joined.pupils,
    { groups, tells, source: roster.source, endsTies },
    writes,
  )
  const terms = { tells, isWhole: roster.isFull && !roster.areContactsPartial }
  const contacts = await planContacts(school, known, joined.contacts, terms, writes)
  const asOf = { takenAtMs, nowMs: school.clock.now() }
  planRestrictions(known, joined, tells, asOf, writes)
  const isEverybody = terms.isWhole && roster.moreRejected === 0
  const wishes = wishesOf(known, joined, { tells, isEverybody }, writes)
  const leaving = await leavers(school, known, roster, matching)
  writes.left.push(...leaving)

  const rejected = [...roster.rejected, ...matching.rejected].sort((a, b) => a.line - b.line)
  const { moreRejected } = roster
  const droppedContacts = thoseDropped(known, writes)
  const plan = { pupils, contacts, leaving, droppedContacts, rejected, moreRejected, writes }
  const counts = countsOf(
    plan,
    known,
    { pupils: joined.pupils.length, contacts: joined.contacts.length },
    roster,
  )
  return { ...plan, wishes, counts }
}

/**
 * Pupils of whom the source says that they have gone, and pupils on roll who are missing from a file of
 * the whole school. Not those whom a rejected row may be about; and nobody is missing at all where so
 * many rows were rejected that not all of them are known.
 */
async function leavers(
  school: School,
  known: Known,
  roster: Roster,
  { matched, spared }: Matching,
): Promise<PupilId[]> {
  const there = new Set(matched.map((each) => each.known?.id))
  const gone = await named(school, known, roster.leavers ?? [], roster.source)
  const areMissingGone =
    roster.isFull && roster.moreRejected === 0 && !mayBeAnyPupil(roster.rejected)
  return known.snapshot.pupils
    .filter(({ id, leftAtMs }) => leftAtMs === null && !there.has(id) && !spared.has(id))
    .map((pupil) => pupil.id)
    .filter((id) => areMissingGone || gone.has(id))
}

/** Whom these keys are of; one that is of nobody, or could be of two, is of none. */
async function named(
  school: School,
  known: Known,
  keys: readonly PupilKey[],
  source: RosterSource,
): Promise<Set<PupilId>> {
  const whose = whoseKeys(school, known.snapshot.pupils, source)
  const found = await atMost(KEYED_AT_ONCE, keys, (key) => whose(key))
  return new Set(found.flatMap((id) => id ?? []))
}

const KEYED_AT_ONCE = 100

function countsOf(
  {
    pupils,
    contacts,
    leaving,
    droppedContacts,
    rejected,
    moreRejected,
    writes,
  }: Omit<Plan, 'counts' | 'wishes'>,
  known: Known,
  inFile: { pupils: number; contacts: number },
  roster: Roster,
): Counts {
  const isChanged = (each: { isNew: boolean; isReturning?: boolean }) =>
    !each.isNew && !each.isReturning
  const staying = contactsStaying(known, writes)
  return {
    pupils: {
      added: pupils.filter((each) => each.isNew).length,
      changed: pupils.filter(isChanged).length,
      unchanged: inFile.pupils - pupils.length,
      leaving: leaving.length,
      returning: pupils.filter((each) => each.isReturning).length,
      here: known.snapshot.pupils.filter((pupil) => pupil.leftAtMs === null).length,
    },
    contacts: {
      added: contacts.filter((each) => each.isNew).length,
      changed: contacts.filter(isChanged).length,
      unchanged: inFile.contacts - contacts.length,
      leaving: countLeaving(known, writes),
      here: staying.size,
    },
    points: countPoints(known, staying, writes),
    restrictions: {
      added: writes.restrictions.length,
      ended: writes.restrictionsEnded.length,
      dropped: droppedContacts.length,
      here: countFromMis(known),
    },
    rejected: rejected.length + moreRejected,
    droppedColumns: roster.dropped.length,
  }
}
