import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Id, newId } from '#kernel'
import { type Directory, statement, type Write } from '#shards'
import { deadLetters } from './directory-tables.ts'

export type DeadLetter = typeof deadLetters.$inferSelect
export type QueueName = DeadLetter['queue']

/** Dead letters shown or taken at a time. */
const PAGE = 100

/** Keeps a job that a queue gave up on; `jobId` is the queue's own name for it. */
export async function keep(
  directory: Directory,
  queue: QueueName,
  jobId: string,
  body: unknown,
): Promise<void> {
  const atMs = directory.clock.now()
  const row = { id: newId('dead-letter', atMs), jobId, queue, body, atMs }
  await directory.write([directory.db.insert(deadLetters).values(row).onConflictDoNothing()])
}

/** The newest that nobody has dealt with. */
export const list = (directory: Directory): Promise<DeadLetter[]> =>
  directory.db
    .select()
    .from(deadLetters)
    .where(isNull(deadLetters.endedAtMs))
    .orderBy(desc(deadLetters.atMs))
    .limit(PAGE)

export async function find(
  directory: Directory,
  id: Id<'dead-letter'>,
): Promise<DeadLetter | undefined> {
  const [found] = await directory.db.select().from(deadLetters).where(open(id))
  return found
}

/** Marks one as dealt with. False where somebody else was quicker. */
export async function end(
  directory: Directory,
  id: Id<'dead-letter'>,
  ending: 'retried' | 'discarded',
): Promise<boolean> {
  const change: Write = directory.db
    .update(deadLetters)
    .set({ endedAtMs: directory.clock.now(), ending })
    .where(open(id))
  return directory.write([
    directory.expect(directory.db.select().from(deadLetters).where(open(id))),
    change,
  ])
}

/** Takes away those that nobody mended in the time that a fault is worth mending, so many at a time. */
export const forget = (directory: Directory): Promise<boolean> =>
  directory.write(
    statement(sql`
      delete from dead_letters where id in (
        select id from dead_letters where at_ms < ${directory.clock.now() - KEPT_MS}
        limit ${MAX_FORGOTTEN})`),
  )

const KEPT_MS = 30 * 24 * 60 * 60_000
const MAX_FORGOTTEN = 1_000

const open = (id: Id<'dead-letter'>) => and(eq(deadLetters.id, id), isNull(deadLetters.endedAtMs))
