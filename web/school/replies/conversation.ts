import * as delivery from '#delivery'
import type { ParcelLine } from '#delivery'
import * as messaging from '#messaging'
import type { Author, Reply } from '#messaging'
import type { School } from '#shards'

/** Texts to one number that a conversation shows. */
const MAX_SENT = 50

export type Said =
  | { kind: 'received'; atMs: number; reply: Reply }
  | { kind: 'sent'; atMs: number; parcel: ParcelLine }

/**
 * What was said both ways, oldest first: what this person may read of the thread, and the texts that
 * went to the numbers it came from.
 */
export async function conversation(
  school: School,
  author: Author,
  replies: readonly Reply[],
): Promise<Said[]> {
  const numbers = [...new Set(replies.map(({ fingerprint }) => fingerprint))]
  const sent = (
    await Promise.all(numbers.map((one) => delivery.listByFingerprint(school, one, MAX_SENT)))
  ).flat()
  const visible = await messaging.visibleAmong(school, author, [
    ...new Set(sent.map(({ messageId }) => messageId)),
  ])
  const said: Said[] = [
    ...replies.map((reply) => ({ kind: 'received' as const, atMs: reply.receivedAtMs, reply })),
    ...sent
      .filter(({ messageId }) => visible.has(messageId))
      .map((parcel) => ({ kind: 'sent' as const, atMs: parcel.createdAtMs, parcel })),
  ]
  return said.sort((one, other) => one.atMs - other.atMs)
}
