import { shuffled, type Chance } from './chance.ts'
import type { Faults } from './faults.ts'
import type { Behaviour } from './sentinels.ts'
import type { birchWords, larchWords, Provider, rowanWords } from './vocabulary.ts'

/** One thing that a provider will say of a message. */
export type Step = {
  status: string
  code: string
  /** Its place in the true story: a carrier's own record never goes back to an earlier one. */
  rank: number
  /** After the message was accepted, in milliseconds. */
  afterMs: number
  /** Happens, but nobody is told. */
  isSilent: boolean
}

type Ending = 'delivered' | 'undeliverable' | 'absent' | 'mailboxFull' | 'complains'
type Telling<Words> = readonly (readonly [status: keyof Words & string, code: string])[]

/** What is said of a message from the moment it is accepted, in the order it happens. */
export function receiptPlan(
  provider: Provider,
  behaviour: Behaviour | undefined,
  faults: Faults,
  chance: Chance,
): Step[] {
  const story = stories[provider][endingOf(behaviour)].map(([status, code], rank) => ({
    status,
    code,
    rank,
  }))
  if (behaviour === 'silent') return []

  const isDoubled = faults.doubleReceipts || behaviour === 'receiptsDoubled'
  const copies = isDoubled ? story.flatMap((told) => [told, told]) : story
  const inOrder = behaviour === 'receiptsDoubled' ? copies.toReversed() : copies
  const order = faults.shuffleReceipts ? shuffled(inOrder, chance) : inOrder
  return order.map((told, place) => ({
    ...told,
    afterMs: Math.round((faults.receiptDelayMs * (place + 1)) / order.length),
    isSilent: faults.noReceipts,
  }))
}

/** What the provider says of a message the moment it has taken it. */
export const firstWordOf = (provider: Provider): { status: string; code: string } => {
  const [status, code] = stories[provider].delivered[0]
  return { status, code }
}

function endingOf(behaviour: Behaviour | undefined): Ending {
  if (behaviour === 'undeliverable' || behaviour === 'absent') return behaviour
  if (behaviour === 'mailboxFull' || behaviour === 'complains') return behaviour
  return 'delivered'
}

const larch = {
  delivered: [
    ['accepted', 'none'],
    ['delivered', 'none'],
  ],
  undeliverable: [
    ['accepted', 'none'],
    ['undeliverable', 'unknown-subscriber'],
  ],
  absent: [
    ['accepted', 'none'],
    ['en-route', 'none'],
    ['undeliverable', 'absent-subscriber'],
  ],
  mailboxFull: [
    ['accepted', 'none'],
    ['undeliverable', 'handset-full'],
  ],
  complains: [
    ['accepted', 'none'],
    ['delivered', 'none'],
  ],
} as const satisfies Record<Ending, Telling<typeof larchWords>>

const rowan = {
  delivered: [
    ['ACK', '000'],
    ['DLVRD', '000'],
  ],
  undeliverable: [
    ['ACK', '000'],
    ['UNDELIV', '001'],
  ],
  absent: [
    ['ACK', '000'],
    ['ENROUTE', '000'],
    ['EXPIRED', '027'],
  ],
  mailboxFull: [
    ['ACK', '000'],
    ['UNDELIV', '032'],
  ],
  complains: [
    ['ACK', '000'],
    ['DLVRD', '000'],
  ],
} as const satisfies Record<Ending, Telling<typeof rowanWords>>

const birch = {
  delivered: [
    ['sent', 'none'],
    ['delivered', 'none'],
  ],
  undeliverable: [
    ['sent', 'none'],
    ['bounced', '5.1.1'],
  ],
  absent: [
    ['sent', 'none'],
    ['deferred', '4.2.2'],
    ['delivered', 'none'],
  ],
  mailboxFull: [
    ['sent', 'none'],
    ['deferred', '4.2.2'],
    ['bounced', '5.2.2'],
  ],
  complains: [
    ['sent', 'none'],
    ['delivered', 'none'],
    ['complained', 'none'],
  ],
} as const satisfies Record<Ending, Telling<typeof birchWords>>

const stories = { larch, rowan, birch } as const satisfies Record<
  Provider,
  Record<Ending, readonly (readonly [string, string])[]>
>
