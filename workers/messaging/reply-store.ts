import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { ContactId, MessageId, ReplyId } from '#kernel'
import { anyOf, type School, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { Author } from './message.ts'
import type { Reply, Thread } from './reply.ts'
import { messages, replies } from './tables.ts'

type Row = typeof replies.$inferSelect

/** Replies of one thread that a page shows, the newest of them. */
export const MAX_IN_THREAD = 200

/** Conversations, those with something unread first, then the newest. */
export async function listThreads(
  school: School,
  author: Author,
  options: { limit: number; offset: number },
): Promise<Thread[]> {
  const grouped = await school.db
    .select({
      newestId: sql<ReplyId>`max(${replies.id})`,
      unread: sql<number>`sum(${replies.readAtMs} is null)`,
      held: sql<number>`count(*)`,
    })
    .from(replies)
    .where(and(eq(replies.schoolId, school.id), visibleTo(school, author)))
    .groupBy(threadKey)
    .orderBy(
      desc(sql`sum(${replies.readAtMs} is null) > 0`),
      desc(sql`max(${replies.receivedAtMs})`),
    )
    .limit(options.limit)
    .offset(options.offset)
  const newest = await listByIds(
    school,
    grouped.map((one) => one.newestId),
  )
  return grouped.flatMap(({ newestId, unread, held }) => {
    const reply = newest.get(newestId)
    return reply ? [{ newest: reply, unread, replies: held }] : []
  })
}

export async function countThreads(
  school: School,
  author: Author,
): Promise<{ threads: number; unread: number }> {
  const [row] = await school.db
    .select({
      threads: sql<number>`count(distinct ${threadKey})`,
      unread: sql<number>`coalesce(sum(${replies.readAtMs} is null), 0)`,
    })
    .from(replies)
    .where(and(eq(replies.schoolId, school.id), visibleTo(school, author)))
  return row ?? { threads: 0, unread: 0 }
}

/** A reply that this person may read. */
export async function findReply(
  school: School,
  author: Author,
  id: ReplyId,
): Promise<Reply | undefined> {
  const [row] = await school.db
    .select()
    .from(replies)
    .where(and(eq(replies.schoolId, school.id), eq(replies.id, id), visibleTo(school, author)))
  return row && opened(school, row)
}

/** The conversation that a reply is part of, oldest first, as far as this person may read it. */
export async function listThread(school: School, author: Author, reply: Reply): Promise<Reply[]> {
  const rows = await school.db
    .select()
    .from(replies)
    .where(and(inThread(school, reply), visibleTo(school, author)))
    .orderBy(desc(replies.receivedAtMs), desc(replies.id))
    .limit(MAX_IN_THREAD)
  return Promise.all(rows.reverse().map((row) => opened(school, row)))
}

/**
 * Marks replies of one thread as read: those that were shown and no other, since a carrier may tell of
 * an older one at any time.
 */
export const markedRead = (
  school: School,
  author: Author,
  thread: Reply,
  shown: readonly ReplyId[],
): Statement =>
  school.db
    .update(replies)
    .set({ readAtMs: school.clock.now() })
    .where(
      and(
        inThread(school, thread),
        isNull(replies.readAtMs),
        anyOf(replies.id, shown),
        visibleTo(school, author),
      ),
    )
    .toSQL()

export type NewReply = {
  reply: Reply
  provider: string
  eventId: string
}

/** Adds a reply; the commit fails where the provider told of it before. */
export async function replyAdded(
  school: School,
  { reply, ...event }: NewReply,
): Promise<Statement[]> {
  const record = await school.seal(replies.record, reply.id, reply.record)
  return [
    school.expectNone(eventQuery(school, event)),
    school.db
      .insert(replies)
      .values({ ...reply, ...event, record, schoolId: school.id })
      .toSQL(),
  ]
}

/** Whether a provider told of this already. */
export async function isKnown(
  school: School,
  event: { provider: string; eventId: string },
): Promise<boolean> {
  return (await eventQuery(school, event)).length > 0
}

/** Which of these messages this person may see: what they sent, or anyone sent. */
export async function visibleAmong(
  school: School,
  author: Author,
  ids: readonly MessageId[],
): Promise<Set<MessageId>> {
  if (author.seesAll) return new Set(ids)
  const rows = await school.db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.schoolId, school.id),
        eq(messages.authorId, author.id),
        anyOf(messages.id, ids),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** A contact with two numbers has one thread; a number of nobody's, or of several people, its own. */
const threadKey = sql`coalesce(${replies.contactId}, ${replies.fingerprint})`

const inThread = (
  school: School,
  thread: { contactId: ContactId | null; fingerprint: Fingerprint },
): SQL | undefined =>
  and(
    eq(replies.schoolId, school.id),
    thread.contactId === null
      ? and(isNull(replies.contactId), eq(replies.fingerprint, thread.fingerprint))
      : eq(replies.contactId, thread.contactId),
  )

/** Who may not see all messages reads answers to their own only. */
const visibleTo = (school: School, author: Author): SQL | undefined =>
  author.seesAll
    ? undefined
    : sql`${replies.messageId} in (
        select ${messages.id} from ${messages}
        where ${messages.schoolId} = ${school.id} and ${messages.authorId} = ${author.id})`

const eventQuery = (school: School, event: { provider: string; eventId: string }) =>
  school.db
    .select({ id: replies.id })
    .from(replies)
    .where(
      and(
        eq(replies.schoolId, school.id),
        eq(replies.provider, event.provider),
        eq(replies.eventId, event.eventId),
      ),
    )

async function listByIds(school: School, ids: readonly ReplyId[]): Promise<Map<ReplyId, Reply>> {
  const rows = await school.db
    .select()
    .from(replies)
    .where(and(eq(replies.schoolId, school.id), anyOf(replies.id, ids)))
    .orderBy(asc(replies.id))
  const found = await Promise.all(rows.map((row) => opened(school, row)))
  return new Map(found.map((reply) => [reply.id, reply]))
}

async function opened(school: School, row: Row): Promise<Reply> {
  const { id, fingerprint, contactId, messageId, isStop, receivedAtMs, readAtMs } = row
  const record = await school.open(replies.record, id, row.record)
  return { id, fingerprint, contactId, messageId, record, isStop, receivedAtMs, readAtMs }
}
