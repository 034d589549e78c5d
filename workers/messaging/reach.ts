import * as consent from '#consent'
import type { CirclePerson, Point } from '#people'
import type { Fingerprint } from '#vault'
import { type Category, isEmergency, type MessageChannel } from './message.ts'
import type { LeftOut } from './trace.ts'

/** What decides whether a person may be sent this message, besides who they are. */
export type Terms = {
  channel: MessageChannel
  category: Category
  /** Numbers or addresses that asked for no more. */
  stopped: ReadonlySet<Fingerprint>
  /** Those that agreed to marketing beforehand; asked for where the message is marketing. */
  agreed: ReadonlySet<Fingerprint>
}

/** Where a message reaches somebody, or why it does not. */
export type Reach = { point: Point } | { leftOut: LeftOut }

/**
 * The one number or address by which a person is sent a message: their first that works. A number
 * that somebody under an order also answers is passed over; one that asked to stop is not got round
 * by the next. An emergency tries a failing number rather than none.
 */
export function reach(
  person: CirclePerson,
  terms: Terms,
  restrictedNumbers: ReadonlySet<Fingerprint>,
): Reach {
  const own = ofChannel(person.points, terms.channel)
  const free = own.filter((point) => !restrictedNumbers.has(point.fingerprint))
  const working = free.find((point) => !point.isFailing)
  const point = working ?? (isEmergency(terms) ? free[0] : undefined)

  const decision = consent.decide({
    category: terms.category,
    restriction: person.restriction,
    isNumberRestricted: free.length === 0 && own.length > 0,
    isStopped: point !== undefined && terms.stopped.has(point.fingerprint),
    // Who has no number is left out for that: there is nothing that could have agreed.
    hasMarketingConsent: point === undefined || terms.agreed.has(point.fingerprint),
  })
  if (decision !== 'allowed') return { leftOut: inTrace(decision, person) }
  if (point) return { point }
  if (free.length > 0) return { leftOut: 'number-failing' }
  return { leftOut: terms.channel === 'sms' ? 'no-number' : 'no-address' }
}

const ofChannel = (points: readonly Point[], channel: MessageChannel): Point[] =>
  points
    .filter((point) => point.channel === channel)
    .sort((one, other) => one.position - other.position)

/** A person whose number alone is restricted is not said to be restricted themselves. */
const inTrace = (decision: Exclude<consent.Decision, 'allowed'>, person: CirclePerson): LeftOut =>
  decision === 'restricted' && person.restriction === 'none' ? 'number-restricted' : decision
