import type { ContactId, PupilId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import { arranged, type Known, type KnownPoint } from './known.ts'
import { type PlannedWrites, type WishesTold, noWrites } from './plan.ts'
import { idsIn } from './plan-fingerprint.ts'
import { type AsOf, countFromMis, mayEnd, restrictionFromMis } from './plan-restrictions.ts'
import { note, noWishes } from './plan-wishes.ts'
import type { PushedConsent } from '../push/payload.ts'
import type { Rejected } from '../records/roster.ts'
import type { ConsentsStaged } from '../files/staged.ts'
import { whoseKeys } from './whose-key.ts'

/** What the flags of the school's system say, and which orders they would lay or end. */
export type ConsentsPlan = {
  writes: PlannedWrites
  told: WishesTold
  /** "Do not contact" marks of the school's own system that stood. */
  ordersHere: number
  /** All that had an id before. */
  known: ReadonlySet<string>
  rejected: Rejected[]
}

/**
 * Flags end only what the school's own system began, and only where it says so itself: neither a list
 * without somebody nor a yes of the system ends an order that the school laid here, or a STOP that a parent
 * sent.
 */
export async function planConsents(
  school: School,
  snapshot: people.Snapshot,
  { consents, source, isFull }: Pick<ConsentsStaged, 'consents' | 'source' | 'isFull'>,
  takenAtMs: number,
): Promise<ConsentsPlan> {
  const known = arranged(snapshot)
  const whose = whoseKeys(school, snapshot.pupils, source)
  const isEverybody = isFull && consents.some(({ about }) => about === 'marketing')
  const told = { ...noWishes(), isEverybody }
  const ordersHere = countFromMis(known)
  const plan: ConsentsPlan = {
    writes: noWrites(),
    told,
    ordersHere,
    known: idsIn(snapshot),
    rejected: [],
  }
  const asOf = { takenAtMs, nowMs: school.clock.now() }
  /** Pairs of contact and pupil that were spoken of. */
  const orders = new Set<string>()
  // Said both ways, the no holds.
  for (const each of consents.toSorted((a, b) => Number(a.isAllowed) - Number(b.isAllowed))) {
    const found = await whoFor(school, known, whose, each)
    if ('reason' in found) {
      const { line } = each
      plan.rejected.push({ line, field: found.field, reason: found.reason, subject: 'row' })
    } else if (each.about === 'no-contact') {
      planOrder(known, plan, orders, each, found, asOf)
    } else {
      note(told, pointsFor(known, each, found), { about: each.about, isAllowed: each.isAllowed })
    }
  }
  return plan
}

/** Without contacts it is the pupil's own. */
type Whose = { pupilId: PupilId; contacts: ContactId[] }
type Trouble = Pick<Rejected, 'field' | 'reason'>

async function whoFor(
  school: School,
  known: Known,
  whose: ReturnType<typeof whoseKeys>,
  { pupil, contact, about, isAllowed }: PushedConsent,
): Promise<Whose | Trouble> {
  const pupilId = await whose(pupil)
  if (!pupilId) return { field: 'pupil', reason: 'unknown-person' }
  if (!contact) {
    return about === 'no-contact'
      ? { field: 'contact', reason: 'not-a-contact' }
      : { pupilId, contacts: [] }
  }
  const name = await people.contactKey(school, contact)
  const contacts = (known.tiesOf.get(pupilId) ?? [])
    .map((tie) => tie.contactId)
    .filter((id) => known.contacts.get(id)?.nameFingerprint === name)
  if (contacts.length === 0) return { field: 'contact', reason: 'unknown-person' }
  // Of two with one name a no holds for both, and a yes for neither.
  if (contacts.length > 1 && isAllowed) return { field: 'contact', reason: 'matches-two-contacts' }
  return { pupilId, contacts }
}

function planOrder(
  { snapshot }: Known,
  { writes }: ConsentsPlan,
  orders: Set<string>,
  { isAllowed }: PushedConsent,
  { pupilId, contacts }: Whose,
  { takenAtMs, nowMs }: AsOf,
): void {
  for (const contactId of contacts) {
    const pair = `${contactId} ${pupilId}`
    if (orders.has(pair)) continue
    orders.add(pair)
    const there = snapshot.restrictions.find(
      (each) => each.source === 'mis' && each.contactId === contactId && each.pupilId === pupilId,
    )
    if (!isAllowed && !there) {
      writes.restrictions.push(restrictionFromMis(contactId, pupilId, nowMs))
    }
    if (isAllowed && there && mayEnd(there, takenAtMs)) writes.restrictionsEnded.push(there.id)
  }
}

const pointsFor = (
  known: Known,
  { contact, channel }: PushedConsent,
  { pupilId, contacts }: Whose,
): KnownPoint[] =>
  (contact ? contacts : [pupilId])
    .flatMap((person) => known.pointsOf.get(person) ?? [])
    .filter((point) => channel === null || point.channel === channel)
