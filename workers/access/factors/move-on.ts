import { eq } from 'drizzle-orm'
import { invariant } from '#kernel'
import type { Directory, Write } from '#shards'
import { users } from '../directory-tables.ts'
import { needOf } from '../need.ts'
import { hashOf, type Need, newToken, type VerifiedBy } from '../session.ts'
import type { Standing } from '../standing.ts'
import { rotated } from '../store.ts'

/** A session after something was proved in it: its new token, and what is to be done next. */
export type MovedOn = { token: string; needs: Need | null }

/**
 * The write that lets a session do more than before, under a token that nobody has seen: one planted or
 * stolen before is worth nothing after. `verifiedBy` is left out where a password was the proof.
 */
export async function movedOn(
  directory: Directory,
  { user, session }: Pick<Standing, 'user' | 'session'>,
  { verifiedBy, hasFactor }: { verifiedBy?: VerifiedBy; hasFactor: boolean },
  passwordDays: number | null,
): Promise<MovedOn & { write: Write }> {
  const [row] = await directory.db.select().from(users).where(eq(users.id, user.id))
  const token = newToken()
  const idHash = await hashOf(token)
  invariant(row && idHash, 'who proves something has an account')

  const shown = verifiedBy ?? session.verifiedBy
  const nowMs = directory.clock.now()
  const needs = needOf({ ...row, hasFactor, verifiedBy: shown }, passwordDays, nowMs)
  const change = { needs, verifiedBy: shown, confirmedAtMs: nowMs }
  return { token, needs, write: rotated(directory, { id: session.id, idHash }, change) }
}
