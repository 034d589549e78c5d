import { and, asc, desc, eq, lt, lte, or, sql } from 'drizzle-orm'
import { type ImportId, newId } from '#kernel'
import { type Directory, type School, statement, type Write } from '#shards'
import type { Fingerprint } from '#vault'
import type { AgentId, PushId } from './agent.ts'
import { pushes } from './directory-tables.ts'
import { ARRIVING_MS, pauseAfter, type Push, PUSH_KEPT_DAYS, WAITING_MS } from './push.ts'

/** The body that this agent sealed with this key of its own making, if it ever came. */
export async function findPush(
  directory: Directory,
  agentId: AgentId,
  encFingerprint: Fingerprint,
): Promise<Push | undefined> {
  const [row] = await directory.db
    .select()
    .from(pushes)
    .where(and(eq(pushes.agentId, agentId), eq(pushes.encFingerprint, encFingerprint)))
  return row
}

/** What an import of a school's came from; undefined for one that somebody uploaded. */
export async function findPushOf(
  directory: Directory,
  school: School,
  importId: ImportId,
): Promise<Push | undefined> {
  const [row] = await directory.db
    .select()
    .from(pushes)
    .where(and(eq(pushes.importId, importId), eq(pushes.organisationId, school.id)))
  return row
}

/** An agent's latest. */
export const latestPushes = (
  directory: Directory,
  school: School,
  agentId: AgentId,
): Promise<Push[]> =>
  directory.db
    .select()
    .from(pushes)
    .where(and(eq(pushes.agentId, agentId), eq(pushes.organisationId, school.id)))
    .orderBy(desc(pushes.receivedAtMs))
    .limit(LISTED)

export type NewPush = Pick<
  Push,
  | 'organisationId'
  | 'agentId'
  | 'encFingerprint'
  | 'serverKeyId'
  | 'apiKeyId'
  | 'kind'
  | 'scope'
  | 'takenAtMs'
  | 'bytes'
>

/**
 * A body begins to arrive. Where it began before and did not come whole, it goes on as the same import;
 * of two at one moment, both are the first's.
 */
export async function beginPush(directory: Directory, push: NewPush): Promise<Push> {
  const nowMs = directory.clock.now()
  const row: Push = {
    ...push,
    id: newId('push', nowMs),
    importId: newId('import', nowMs),
    state: 'arriving',
    digest: null,
    receivedAtMs: nowMs,
    attempts: 0,
    dueAtMs: nowMs,
    because: null,
  }
  await directory.db.insert(pushes).values(row).onConflictDoNothing()
  return (await findPush(directory, push.agentId, push.encFingerprint)) ?? row
}

/** It came whole. Nothing where it did before: the first one counts. */
export const pushReceived = (
  directory: Directory,
  { id }: Push,
  { digest, bytes }: Pick<Push, 'digest' | 'bytes'>,
): Write =>
  directory.db
    .update(pushes)
    .set({ state: 'received', digest, bytes, receivedAtMs: directory.clock.now() })
    .where(and(eq(pushes.id, id), eq(pushes.state, 'arriving')))

/**
 * It is begun to open it. Written before the work, so that an attempt that nobody hears of again counts too: one
 * that takes more memory than there is ends with its room.
 */
export const pushTried = (directory: Directory, { id, attempts }: Push): Write =>
  directory.db
    .update(pushes)
    .set({
      attempts: attempts + 1,
      dueAtMs: directory.clock.now() + pauseAfter(attempts + 1),
    })
    .where(and(eq(pushes.id, id), eq(pushes.state, 'received')))

/** What became of it when it was opened. */
export const pushEnded = (
  directory: Directory,
  id: PushId,
  end: { state: 'opened' } | { state: 'refused'; because: string },
): Write =>
  directory.db
    .update(pushes)
    .set(end)
    .where(and(eq(pushes.id, id), eq(pushes.state, 'received')))

/**
 * Received a while ago, not opened, and due: their jobs were lost, or failed. The earliest of each school before the
 * second of any, and drawn by lot where they are alike: many of one school, or many that always fail, starve nobody.
 */
export async function waitingPushes(
  directory: Directory,
  limit: number,
): Promise<Pick<Push, 'organisationId' | 'importId'>[]> {
  const nowMs = directory.clock.now()
  return directory.rows(
    statement(sql`
      select organisation_id as "organisationId", import_id as "importId" from (
        select organisation_id, import_id, row_number() over (
          partition by organisation_id order by taken_at_ms, id) as place
        from pushes where state = 'received'
          and received_at_ms <= ${nowMs - WAITING_MS} and due_at_ms <= ${nowMs})
      order by place, random() limit ${limit}`),
  )
}

/** Received and not opened, and sealed before this one by agents of the same school: the earliest first. */
export const waitingBefore = (
  directory: Directory,
  { organisationId, takenAtMs, id }: Push,
  limit: number,
): Promise<Push[]> =>
  directory.db
    .select()
    .from(pushes)
    .where(
      and(
        eq(pushes.organisationId, organisationId),
        eq(pushes.state, 'received'),
        or(
          lt(pushes.takenAtMs, takenAtMs),
          and(eq(pushes.takenAtMs, takenAtMs), lt(pushes.id, id)),
        ),
      ),
    )
    .orderBy(asc(pushes.takenAtMs), asc(pushes.id))
    .limit(limit)

/** Those that stopped arriving, and those that nobody needs to know again. What they left is to be destroyed. */
export const oldPushes = (directory: Directory, limit: number): Promise<Push[]> =>
  directory.db.select().from(pushes).where(isOld(directory.clock.now())).limit(limit)

export const pushForgotten = (directory: Directory, { id }: Push): Write =>
  directory.db.delete(pushes).where(and(eq(pushes.id, id), isOld(directory.clock.now())))

const LISTED = 20
const DAY_MS = 24 * 60 * 60_000

const isOld = (nowMs: number) =>
  or(
    and(eq(pushes.state, 'arriving'), lte(pushes.receivedAtMs, nowMs - ARRIVING_MS)),
    lte(pushes.receivedAtMs, nowMs - PUSH_KEPT_DAYS * DAY_MS),
  )
