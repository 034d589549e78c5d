import { and, asc, desc, eq, gt, lte, notInArray, or, sql } from 'drizzle-orm'
import { type Id, newId, type UserId } from '#kernel'
import type { Directory, School, Write } from '#shards'
import { challenges, type PasskeyRecord, passkeys } from './directory-tables.ts'
import { MAX_PASSKEYS } from './factor.ts'

export type PasskeyRow = typeof passkeys.$inferSelect
export type Purpose = (typeof challenges.$inferSelect)['purpose']

/** Somebody's passkeys, oldest first: a query, for a batch. */
export const ofUser = (directory: Directory, user: UserId) =>
  directory.db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, user))
    .orderBy(asc(passkeys.id))
    .limit(MAX_PASSKEYS)

/** By the name that its device gave it; whose it is must be looked at. */
export async function passkeyOf(
  directory: Directory,
  user: UserId,
  credentialId: string,
): Promise<PasskeyRow | undefined> {
  const [found] = await directory.db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.credentialId, credentialId), eq(passkeys.userId, user)))
  return found
}

export type NewPasskey = { credentialId: string; counter: number; record: PasskeyRecord }

/** Fails the write it is part of where any account has this passkey already. */
export async function passkeyAdded(
  directory: Directory,
  school: School,
  user: UserId,
  { credentialId, counter, record }: NewPasskey,
): Promise<{ id: Id<'passkey'>; writes: Write[] }> {
  const createdAtMs = directory.clock.now()
  const id = newId('passkey', createdAtMs)
  const same = eq(passkeys.credentialId, credentialId)
  return {
    id,
    writes: [
      directory.expectNone(directory.db.select().from(passkeys).where(same)),
      directory.db.insert(passkeys).values({
        id,
        userId: user,
        organisationId: school.id,
        credentialId,
        counter,
        record: await school.seal(passkeys.record, id, record),
        createdAtMs,
      }),
    ],
  }
}

/**
 * Notes that a passkey was used. False where its counter did not go up, as with a copy of it; those that do
 * not count say 0 for ever (WebAuthn Level 3 §6.1.1).
 */
export async function passkeyUsed(
  directory: Directory,
  { id }: PasskeyRow,
  counter: number,
): Promise<boolean> {
  const used = await directory.db
    .update(passkeys)
    .set({ counter, lastUsedAtMs: directory.clock.now() })
    .where(
      and(
        eq(passkeys.id, id),
        or(sql`${passkeys.counter} < ${counter}`, sql`${passkeys.counter} = 0 and ${counter} = 0`),
      ),
    )
    .returning({ id: passkeys.id })
  return used.length > 0
}

/** More pages than anybody has open at once. */
const MAX_CHALLENGES = 5

/** A challenge for one person and one purpose; their oldest, and those that are over, go. */
export function challengeMade(
  directory: Directory,
  school: School,
  user: UserId,
  { purpose, challenge, lastsMs }: { purpose: Purpose; challenge: string; lastsMs: number },
): Write[] {
  const nowMs = directory.clock.now()
  const { db } = directory
  const newest = db
    .select({ id: challenges.id })
    .from(challenges)
    .where(eq(challenges.userId, user))
    .orderBy(desc(challenges.id))
    .limit(MAX_CHALLENGES - 1)
  const isOver = or(lte(challenges.expiresAtMs, nowMs), notInArray(challenges.id, newest))
  return [
    db.delete(challenges).where(and(eq(challenges.userId, user), isOver)),
    db.insert(challenges).values({
      id: newId('challenge', nowMs),
      userId: user,
      organisationId: school.id,
      purpose,
      challenge,
      expiresAtMs: nowMs + lastsMs,
    }),
  ]
}

/** Uses a challenge up, whatever comes of it. False where it was not theirs, not for this, over or used. */
export async function challengeTaken(
  directory: Directory,
  user: UserId,
  purpose: Purpose,
  challenge: string,
): Promise<boolean> {
  const taken = await directory.db
    .delete(challenges)
    .where(
      and(
        eq(challenges.userId, user),
        eq(challenges.purpose, purpose),
        eq(challenges.challenge, challenge),
        gt(challenges.expiresAtMs, directory.clock.now()),
      ),
    )
    .returning({ id: challenges.id })
  return taken.length > 0
}

/** Challenges that nobody signed in time. */
export const forgottenChallenges = (directory: Directory): Write =>
  directory.db.delete(challenges).where(lte(challenges.expiresAtMs, directory.clock.now()))
