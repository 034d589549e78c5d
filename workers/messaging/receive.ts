import * as audit from '#audit'
import * as consent from '#consent'
import * as delivery from '#delivery'
import { type ContactId, invariant, newId, parsePhone, type ReplyId } from '#kernel'
import * as people from '#people'
import type { School, Statement, Write } from '#shards'
import type { Fingerprint } from '#vault'
import { urgencyOf } from './message.ts'
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
    messageId: await answered(school, fingerprint),
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

/** The last message that may have reached that phone: nobody answers what was never sent. */
async function answered(school: School, fingerprint: Fingerprint) {
  const parcels = await delivery.listByFingerprint(school, fingerprint, MAX_LOOKED_AT)
  return parcels.find(mayHaveLeft)?.messageId ?? null
}

/** Messages to one number that are looked through for the one answered. */
const MAX_LOOKED_AT = 50

const mayHaveLeft = ({ state, providerMessageId }: delivery.ParcelLine): boolean =>
  providerMessageId !== null || onItsWay.has(state)

const onItsWay: ReadonlySet<delivery.ParcelState> = new Set(['uncertain', 'sent', 'delivered'])

async function granted(school: School, reply: Reply, wish: Wish): Promise<Write[]> {
  const subject = reply.contactId ?? reply.id
  const { fingerprint, receivedAtMs } = reply
  if (wish === 'stop') {
    return [
      ...consent.stopped(school, 'sms', fingerprint, 'stop', receivedAtMs),
      ...(await onTheWay(school, fingerprint, receivedAtMs)),
      audit.entry(school, 'contact.stopped', subject, { channel: 'sms' }),
    ]
  }
  if (wish === 'start') {
    return [
      ...consent.resumed(school, 'sms', fingerprint, receivedAtMs),
      audit.entry(school, 'contact.resumed', subject, { channel: 'sms' }),
    ]
  }
  return []
}

/** Texts that have left already and that no carrier has; not those that STOP leaves alone. */
async function onTheWay(
  school: School,
  fingerprint: Fingerprint,
  atMs: number,
): Promise<Statement[]> {
  if (await consent.isResumedSince(school, 'sms', fingerprint, atMs)) return []
  const urgencyFrom = urgencyOf('operational')
  return delivery.withheld(school, [fingerprint], { because: 'stopped', urgencyFrom })
}
