import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { seededChance, type Chance } from './chance.ts'
import type { FaultBook, Faults } from './faults.ts'
import { STOP_REPLY_AFTER_MS } from './limits.ts'
import type { MessageLog } from './message-log.ts'
import { isPhoneNumber, type Order } from './message.ts'
import { firstWordOf, receiptPlan } from './plan.ts'
import type { Replies } from './replies.ts'
import { behaviourOf, type Behaviour } from './sentinels.ts'
import { row } from './state.ts'
import { channelOf, idPrefixOf, providers, refusalsOf, type Provider } from './vocabulary.ts'

/** What becomes of an order, and of the connection it came on. */
export type Outcome =
  | { kind: 'accepted'; messageId: string }
  | { kind: 'rejected'; error: string }
  | { kind: 'throttled' }
  | { kind: 'unavailable' }
  /** The connection ends without an answer; whether the message was taken is ours to know. */
  | { kind: 'cut-off' }
  /** Taken, and never answered. */
  | { kind: 'hangs' }

export type Carrier = { take(provider: Provider, order: Order): Outcome }

type Parts = {
  db: DatabaseSync
  log: MessageLog
  faults: FaultBook
  replies: Replies
  seed: number
}

/** The pretend network: decides each order by its number, then by the faults asked for. */
export function openCarrier({ db, log, faults, replies, seed }: Parts): Carrier {
  const chances = new Map(providers.map((each, place) => [each, seededChance(seed + place)]))
  const isThrottled = throttle()
  const isBusy = busyTwice(db)

  function accept(
    provider: Provider,
    order: Order,
    behaviour: Behaviour | undefined,
    own: Faults,
    chance: Chance,
  ): string {
    const messageId = idPrefixOf[provider] + randomUUID().replaceAll('-', '')
    const acceptedAt = Date.now()
    const message = { ...order, channel: channelOf[provider], provider, messageId, acceptedAt }
    log.add({ ...message, ...firstWordOf(provider) }, receiptPlan(provider, behaviour, own, chance))
    if (behaviour === 'saysStop' && isPhoneNumber(order.from))
      replies.send(
        { provider, phone: order.to, school: order.from, text: 'STOP' },
        acceptedAt + own.receiptDelayMs + STOP_REPLY_AFTER_MS,
      )
    return messageId
  }
  return {
    take(provider, order) {
      const own = faults.of(provider)
      const behaviour = behaviourOf(order.to)
      const chance = chances.get(provider) ?? Math.random
      if (own.down) return { kind: 'unavailable' }
      if (isThrottled(provider, own.throttlePerSecond)) return { kind: 'throttled' }
      if (behaviour === 'rejected')
        return { kind: 'rejected', error: refusalsOf[channelOf[provider]][0] }
      if (behaviour === 'cutOff') return { kind: 'cut-off' }
      if (behaviour === 'busyTwice' && isBusy(order.reference)) return { kind: 'unavailable' }
      if (isLucky(own.failPercent, chance)) return { kind: 'unavailable' }

      const messageId = accept(provider, order, behaviour, own, chance)
      if (behaviour === 'neverAnswers') return { kind: 'hangs' }
      if (isLucky(own.dropPercent, chance)) return { kind: 'cut-off' }
      return { kind: 'accepted', messageId }
    },
  }
}

const isLucky = (percent: number, chance: Chance) => percent > 0 && chance() * 100 < percent

/** Counts the orders of each provider in the present second. */
function throttle() {
  const counted = new Map<Provider, { second: number; orders: number }>()
  return (provider: Provider, perSecond: number): boolean => {
    if (perSecond === 0) return false
    const second = Math.floor(Date.now() / 1000)
    const last = counted.get(provider)
    const orders = last?.second === second ? last.orders + 1 : 1
    counted.set(provider, { second, orders })
    return orders > perSecond
  }
}

/** True the first two times that a reference is tried, across restarts of the sandbox too. */
function busyTwice(db: DatabaseSync) {
  const count = db.prepare(`INSERT INTO refusals (reference, times) VALUES (?, 1)
    ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times`)
  return (reference: string): boolean => (row<{ times: number }>(count, reference)?.times ?? 0) <= 2
}
