import * as audit from '#audit'
import * as delivery from '#delivery'
import { atMost, type MessageId, type Millipence, newId, type ParcelId } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import type { School, Statement } from '#shards'
import { type Fingerprint, KeysGone } from '#vault'
import { type Body, bodyFor, partsOf, priceOf } from './body.ts'
import { type HeldBecause, isEmergency, type Message, urgencyOf } from './message.ts'
import * as store from './message-store.ts'
import { MAX_RECIPIENTS, resolve } from './resolve.ts'
import { isLeftOut, type Trace } from './trace.ts'
import { candidatesAdded } from './trace-store.ts'

/** `already`: it left, was cancelled or is gone. `held`: it waits for somebody of the school. */
export type Dispatched = 'dispatched' | 'not-due' | 'already' | 'held'

/** Credit may go between looking and taking; after this many rounds the queue tries again. */
const MAX_ROUNDS = 3
/** Parcels sealed side by side. */
const SEALED_AT_ONCE = 200

/**
 * Turns a message whose time has come into parcels, for the people who may have it at this moment:
 * an order that came in after it was scheduled holds. All of it is one commit, which fails unless
 * the message still waits and is paid for; so a job that is told twice, or races a cancellation,
 * sends once or not at all.
 */
export async function dispatch(school: School, id: MessageId): Promise<Dispatched> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const outcome = await attempt(school, id)
    if (outcome !== 'changed') return outcome
  }
  return 'not-due'
}

async function attempt(school: School, id: MessageId): Promise<Dispatched | 'changed'> {
  const load = await prepared(school, id)
  if (typeof load === 'string') return load
  const { message, bodies, traces, restrictions } = load
  if (bodies.length > MAX_RECIPIENTS) return hold(school, message, 'too-many-recipients')
  const price = priceOf(bodies)
  if (!isEmergency(message) && (await schools.balance(school)) < price) {
    return hold(school, message, 'no-credit')
  }

  const parcels = await parcelsFor(school, message, bodies)
  const parcelOf = new Map(parcels.map((parcel) => [parcel.fingerprint, parcel.id]))
  const sent = await school.commit(
    ...left(school, message, bodies, price),
    ...paid(school, message, price),
    people.noRestrictionSince(school, restrictions),
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

type Load = { message: Message; bodies: Body[]; traces: Trace[]; restrictions: number }

/** Reads all that a send needs. A school whose keys are gone sends nothing any more. */
async function prepared(school: School, id: MessageId): Promise<Load | Dispatched> {
  try {
    const message = await store.find(school, id)
    if (message?.state !== 'scheduled' || message.dueAtMs === null) return 'already'
    if (message.dueAtMs > school.clock.now()) return 'not-due'
    const restrictions = await people.countRestrictions(school)
    const { chosen, traces } = await resolve(school, message)
    return { message, traces, restrictions, bodies: chosen.map((to) => bodyFor(message, to)) }
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

/** An emergency goes whether it is paid for or not; the account may be short for once. */
function paid(school: School, message: Message, price: Millipence): Statement[] {
  if (price === 0) return []
  const guard = isEmergency(message) ? [] : [schools.enoughCredit(school, price)]
  return [...guard, schools.spent(school, message.id, price)]
}
