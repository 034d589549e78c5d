import type { ContactId, PupilId } from '#kernel'
import * as consent from '#consent'
import * as people from '#people'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import { arranged, type Known } from './known.ts'
import { type PlannedWrites, noWrites } from './plan.ts'
import { restrictionFromMis } from './plan-restrictions.ts'
import type { PushedConsent } from './push/payload.ts'
import type { Rejected, RosterSource } from './roster.ts'
import { whoseKeys } from './whose-key.ts'

/** A number or an address, for one kind of message. */
export type Wish = { channel: people.Channel; fingerprint: Fingerprint }

/** What the flags of the school's system would change here. */
export type ConsentsPlan = {
  writes: PlannedWrites
  /** Not to be written to any more, and again, for what is not essential (PRODUCT 6.4). */
  stopped: Wish[]
  resumed: Wish[]
  rejected: Rejected[]
}

/**
 * Flags end only what the school's own system began, and only where it says so itself: neither a list
 * without somebody nor a yes of the system ends an order that the school laid here, or a STOP that a parent
 * sent. Consent to marketing is asked for here alone, so that the system's word for it changes nothing.
 */
export async function planConsents(
  school: School,
  consents: readonly PushedConsent[],
  source: RosterSource,
): Promise<ConsentsPlan> {
  const snapshot = await people.snapshot(school)
  const known = arranged(snapshot)
  const whose = whoseKeys(school, snapshot.pupils, source)
  const plan: ConsentsPlan = { writes: noWrites(), stopped: [], resumed: [], rejected: [] }
  const standing = await consent.standing(school)
  const told: Told = { orders: new Set(), allowed: new Map(), stopped: new Map() }
  // Said both ways, the no holds.
  for (const each of consents.toSorted((a, b) => Number(a.isAllowed) - Number(b.isAllowed))) {
    const found = await whoFor(school, known, whose, each)
    if ('reason' in found) {
      const { line } = each
      plan.rejected.push({ line, field: found.field, reason: found.reason, subject: 'row' })
    } else if (each.about === 'no-contact') {
      planOrder(school, known, plan, told, each, found)
    } else if (each.about === 'non-essential') {
      note(told, known, each, found)
    }
  }
  settleWishes(plan, told, standing)
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

type Told = {
  /** Pairs of contact and pupil that were spoken of. */
  orders: Set<string>
  allowed: Map<string, Wish>
  stopped: Map<string, Wish>
}

function planOrder(
  school: School,
  { snapshot }: Known,
  { writes }: ConsentsPlan,
  { orders }: Told,
  { isAllowed }: PushedConsent,
  { pupilId, contacts }: Whose,
): void {
  for (const contactId of contacts) {
    const pair = `${contactId} ${pupilId}`
    if (orders.has(pair)) continue
    orders.add(pair)
    const there = snapshot.restrictions.find(
      (each) => each.source === 'mis' && each.contactId === contactId && each.pupilId === pupilId,
    )
    if (!isAllowed && !there) {
      writes.restrictions.push(restrictionFromMis(contactId, pupilId, school.clock.now()))
    }
    if (isAllowed && there) writes.restrictionsEnded.push(there.id)
  }
}

function note(
  told: Told,
  known: Known,
  { contact, channel, isAllowed }: PushedConsent,
  { pupilId, contacts }: Whose,
): void {
  for (const person of contact ? contacts : [pupilId]) {
    for (const point of known.pointsOf.get(person) ?? []) {
      if (channel !== null && point.channel !== channel) continue
      const wish = { channel: point.channel, fingerprint: point.fingerprint }
      const at = keyOf(wish)
      if (isAllowed) told.allowed.set(at, wish)
      else told.stopped.set(at, wish)
    }
  }
}

/** A number that two people share, of whom one wants no more, is stopped. */
function settleWishes(
  plan: ConsentsPlan,
  { allowed, stopped }: Told,
  standing: readonly consent.StandingWish[],
): void {
  const there = new Map(standing.map((wish) => [keyOf(wish), wish]))
  for (const [at, wish] of stopped) if (!there.has(at)) plan.stopped.push(wish)
  for (const [at, wish] of allowed) {
    if (!stopped.has(at) && there.get(at)?.source === 'mis') plan.resumed.push(wish)
  }
}

const keyOf = ({ channel, fingerprint }: Wish): string => `${channel} ${fingerprint}`
