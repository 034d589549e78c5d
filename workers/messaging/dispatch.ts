import * as audit from '#audit'
import * as consent from '#consent'
import * as delivery from '#delivery'
import { atMost, type MessageId, type Millipence, newId, type ParcelId } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import type { School, Statement } from '#shards'
import { type Fingerprint, KeysGone } from '#vault'
import { type Body, bodyFor, partsOf, priceOf } from './body.ts'
import { type HeldBecause, type Message, neededFor, urgencyOf } from './message.ts'
import * as store from './message-store.ts'
import { MAX_RECIPIENTS, resolve } from './resolve.ts'
import { isLeftOut, type Trace } from './trace.ts'
import { candidatesAdded } from './trace-store.ts'

/** `already`: it left, was cancelled or is gone. `held`: it waits for somebody of the school. */
export type Dispatched = 'dispatched' | 'not-due' | 'already' | 'held'

/** `isOpen`: the school's contract is not locked (PRODUCT 8.1). The directory knows, a school not. */
export type Terms = { isOpen: boolean }

/** Credit may go between looking and taking; after this many rounds the queue tries again. */
const MAX_ROUNDS = 3
/** Parcels sealed side by side. */
const SEALED_AT_ONCE = 200

/**
 * Turns a message whose time has come into parcels, for the people who may have it at this moment:
 * an order that came in after it was scheduled holds, and so does a STOP. All of it is one commit,
 * which fails unless the message still waits and is paid for and neither has come in meanwhile; so a
 * job that is told twice, or races a cancellation, sends once or not at all.
 */
export async function dispatch(school: School, id: MessageId, terms: Terms): Promise<Dispatched> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const outcome = await attempt(school, id, terms)
    if (outcome !== 'changed') return outcome
  }
  return 'not-due'
}

async function attempt(
  school: School,
  id: MessageId,
  terms: Terms,
): Promise<Dispatched | 'changed'> {
  const load = await prepared(school, id, terms)
  if (typeof load === 'string') return load
  const { message, bodies, traces, restrictions, wishes } = load
  if (bodies.length > MAX_RECIPIENTS) return hold(school, message, 'too-many-recipients')
  const price = priceOf(bodies)
  if ((await schools.balance(school)) < neededFor(message, price)) {
    return hold(school, message, 'no-credit')
  }

  const parcels = await parcelsFor(school, message, bodies)
  const parcelOf = new Map(parcels.map((parcel) => [parcel.fingerprint, parcel.id]))
  const sent = await school.commit(
    ...left(school, message, bodies, price),
    ...paid(school, message, price),
    people.noRestrictionSince(school, restrictions),
    consent.nothingSaidSince(school, wishes),
    ...delivery.parcelsAdded(school, parcels),
    ...candidatesAdded(school, message.id, traces, parcelOf as Map<Fingerprint, ParcelId>),
    audit.entry(school, 'message.dispatched', message.id, {
      recipients: bodies.length,
      parts: partsOf(bodies),
      millipence: price,
      leftOut: traces.filter(({ rule }) => isLeftOut(rule)).length,
    }),
  )
  return sent ? 'dispatched' : 'changed'
}

type Load = {
  message: Message
  bodies: Body[]
  traces: Trace[]
  /** How many orders, and how many STOPs and STARTs, there were before anybody was chosen. */
  restrictions: number
  wishes: number
}

/** Reads all that a send needs. A school that is locked, or whose keys are gone, sends nothing. */
async function prepared(
  school: School,
  id: MessageId,
  { isOpen }: Terms,
): Promise<Load | Dispatched> {
  try {
    const message = await store.find(school, id)
    if (message?.state !== 'scheduled' || message.dueAtMs === null) return 'already'
    if (message.dueAtMs > school.clock.now()) return 'not-due'
    if (!isOpen) return hold(school, message, 'locked')
    const [restrictions, wishes] = await Promise.all([
      people.countRestrictions(school),
      consent.countSaid(school),
    ])
    const { chosen, traces } = await resolve(school, message)
    const bodies = chosen.map((to) => bodyFor(message, to))
    return { message, traces, restrictions, wishes, bodies }
  } catch (error) {
    if (!(error instanceof KeysGone)) throw error
    return hold(school, { id, state: 'scheduled' }, 'keys-gone')
  }
}

async function hold(
  school: School,
  message: Pick<Message, 'id' | 'state'>,
  because: HeldBecause,
): Promise<'held' | 'already'> {
  const held = await school.commit(
    ...store.moved(school, message, 'held', { heldBecause: because }),
    audit.entry(school, 'message.held', message.id, { because }),
  )
  return held ? 'held' : 'already'
}

function parcelsFor(
  school: School,
  message: Message,
  bodies: readonly Body[],
): Promise<delivery.ParcelRow[]> {
  // Ids of one moment have no order of their own: sorted, they keep that of the recipients.
  const ids = bodies.map(() => newId('parcel', school.clock.now())).sort()
  const inOrder = bodies.map((body, place) => ({ ...body, id: ids[place] as ParcelId }))
  return atMost(SEALED_AT_ONCE, inOrder, ({ id, to, subject, text, parts, price }) =>
    delivery.parcelOf(school, {
      id,
      messageId: message.id,
      channel: message.channel,
      urgency: urgencyOf(message.category),
      fingerprint: to.fingerprint,
      address: to.address,
      subject,
      text,
      parts,
      priceMillipence: price,
    }),
  )
}

/** A message that nobody may have any more has left, and is done. */
function left(
  school: School,
  message: Message,
  bodies: readonly Body[],
  price: Millipence,
): Statement[] {
  const nowMs = school.clock.now()
  const isDone = bodies.length === 0
  return store.moved(school, message, isDone ? 'sent' : 'sending', {
    startedAtMs: nowMs,
    finishedAtMs: isDone ? nowMs : null,
    parcels: bodies.length,
    priceMillipence: price,
  })
}

const paid = (school: School, message: Message, price: Millipence): Statement[] =>
  price === 0
    ? []
    : [
        schools.enoughCredit(school, neededFor(message, price)),
        schools.spent(school, message.id, price),
      ]
