import { newId } from '#kernel'
import type { Channel, PersonId, PersonKind } from '#people'
import type { FilePoint } from './file-people.ts'
import type { KnownPoint } from './known.ts'
import type { Change, ChangedField, PlannedWrites } from './plan.ts'

type Person = { kind: PersonKind; id: PersonId }

/** Channels that the file speaks of; and whether what it does not list of them is gone. */
export type PointTerms = { channels: readonly Channel[]; isWhole: boolean; nowMs: number }

/**
 * The numbers and addresses of one person, brought to what the file says, in its order. One that stays
 * keeps its row, and with it what is known of its failing.
 */
export function planPoints(
  writes: PlannedWrites,
  person: Person,
  known: readonly KnownPoint[],
  given: readonly FilePoint[],
  terms: PointTerms,
): Change[] {
  return terms.channels.flatMap((channel) =>
    planChannel(
      writes,
      person,
      channel,
      known.filter((point) => point.channel === channel),
      given.filter((point) => point.channel === channel),
      terms,
    ),
  )
}

function planChannel(
  writes: PlannedWrites,
  { kind, id }: Person,
  channel: Channel,
  known: readonly KnownPoint[],
  given: readonly FilePoint[],
  { isWhole, nowMs }: PointTerms,
): Change[] {
  const field = fieldOf[channel]
  const changes: Change[] = []
  const kept = isWhole ? [] : known
  const last = Math.max(0, ...kept.map((point) => point.position))
  let hasMoved = false
  given.forEach(({ value, fingerprint }, index) => {
    const same = known.find((point) => point.fingerprint === fingerprint)
    if (same && (!isWhole || same.position === index + 1)) return
    const position = isWhole ? index + 1 : last + index + 1
    const row = { personKind: kind, personId: id, channel, value, position }
    writes.points.push({ ...row, id: same?.id ?? newId('point', nowMs) })
    if (same) hasMoved = true
    else changes.push({ field, from: null, to: value })
  })
  const gone = isWhole
    ? known.filter((point) => !given.some((each) => each.fingerprint === point.fingerprint))
    : []
  for (const point of gone) {
    writes.pointsEnded.push(point.id)
    changes.push({ field, from: null, to: null, pointId: point.id })
  }
  // The rest moving up or down after one came or went is no news of its own.
  const isNews = hasMoved && changes.length === 0
  return isNews ? [{ field: 'order-of-numbers', from: null, to: null }] : changes
}

const fieldOf: Record<Channel, ChangedField> = { sms: 'mobile', voice: 'phone', email: 'email' }
