import * as audit from '#audit'
import * as consent from '#consent'
import * as delivery from '#delivery'
import { type ContactId, invariant, newId, parsePhone, type ReplyId } from '#kernel'
import * as people from '#people'
import type { School, Write } from '#shards'
import type { Fingerprint } from '#vault'
import { type Reply, wishOf, type Wish } from './reply.ts'
import { isKnown, replyAdded } from './reply-store.ts'

/** A text that somebody sent to the school's number, as its carrier tells it. */
export type Received = {
  from: string
  text: string
  provider: string
  /** The carrier's name for this event: told twice, it counts once. */
  eventId: string
  atMs: number
}

/** Longer than ten texts joined; a phone sends no more. */
const MAX_REPLY = 1_600

/**
 * Keeps what a parent wrote back. STOP takes effect with the same commit that keeps the text, so
 * that from then on no non-essential text leaves for that number (PRODUCT 6.4).
 */
export async function receive(
  school: School,
  received: Received,
): Promise<{ id: ReplyId; isStop: boolean } | 'already'> {
  const { from, fingerprint } = await sender(school, received.from)
  const wish = wishOf(received.text)
  const reply: Reply = {
    id: newId('reply', school.clock.now()),
    fingerprint,
    contactId: await onlyOwner(school, fingerprint),
    messageId: await lastMessage(school, fingerprint),
    record: { from, text: received.text.slice(0, MAX_REPLY) },
    isStop: wish === 'stop',
    receivedAtMs: received.atMs,
    readAtMs: null,
  }
  const { provider, eventId } = received
  const kept = await school.commit(
    ...(await replyAdded(school, { reply, provider, eventId })),
    ...(await granted(school, reply, wish)),
    audit.entry(school, 'reply.received', reply.id, { wish }),
  )
  if (kept) return { id: reply.id, isStop: reply.isStop }
  invariant(await isKnown(school, { provider, eventId }), 'a reply is refused only if it is known')
  return 'already'
}

/** A carrier may say a number in its own way; a short code or a name is kept as it came. */
async function sender(school: School, typed: string) {
  const read = parsePhone(typed)
  const from = read.ok ? read.phone.e164 : typed.trim().slice(0, MAX_FROM)
  return { from, fingerprint: await school.fingerprint('phone', from) }
}

const MAX_FROM = 40

/** Whose number it is, where one contact alone has it: a guess would put words in a parent's mouth. */
async function onlyOwner(school: School, fingerprint: Fingerprint): Promise<ContactId | null> {
  const owners = await people.ownersOf(school, fingerprint)
  const [only] = owners
  return only?.kind === 'contact' && owners.length === 1 ? (only.id as ContactId) : null
}

async function lastMessage(school: School, fingerprint: Fingerprint) {
  const [parcel] = await delivery.listByFingerprint(school, fingerprint, 1)
  return parcel?.messageId ?? null
}

async function granted(school: School, reply: Reply, wish: Wish): Promise<Write[]> {
  const subject = reply.contactId ?? reply.id
  const { fingerprint } = reply
  if (wish === 'stop') {
    const entry = audit.entry(school, 'contact.stopped', subject, { channel: 'sms' })
    return [...consent.stopped(school, 'sms', fingerprint, 'stop'), entry]
  }
  if (wish === 'start') {
    const entry = audit.entry(school, 'contact.resumed', subject, { channel: 'sms' })
    return [...consent.resumed(school, 'sms', fingerprint), entry]
  }
  return []
}
