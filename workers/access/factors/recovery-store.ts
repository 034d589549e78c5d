import { and, count, eq, isNull } from 'drizzle-orm'
import { newId, type UserId } from '#kernel'
import type { Directory, School, Write } from '#shards'
import { recoveryCodes } from './directory-tables.ts'

/** How many of somebody's codes are unused: a query, for a batch. */
export const recoveryCodesLeft = (directory: Directory, user: UserId) =>
  directory.db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, user), isNull(recoveryCodes.usedAtMs)))

/** In place of all that there were. */
export async function recoveryCodesMade(
  directory: Directory,
  school: School,
  user: UserId,
  codes: readonly string[],
): Promise<Write[]> {
  const createdAtMs = directory.clock.now()
  const rows = codes.map(async (code) => ({
    id: newId('recovery-code', createdAtMs),
    userId: user,
    organisationId: school.id,
    code: await fingerprintOf(directory, user, code),
    createdAtMs,
  }))
  return [
    directory.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, user)),
    directory.db.insert(recoveryCodes).values(await Promise.all(rows)),
  ]
}

/** Uses a code up, once. False where it is none of theirs, or was used. */
export async function recoveryCodeUsed(
  directory: Directory,
  user: UserId,
  code: string,
): Promise<boolean> {
  const used = await directory.db
    .update(recoveryCodes)
    .set({ usedAtMs: directory.clock.now() })
    .where(
      and(
        eq(recoveryCodes.userId, user),
        eq(recoveryCodes.code, await fingerprintOf(directory, user, code)),
        isNull(recoveryCodes.usedAtMs),
      ),
    )
    .returning({ id: recoveryCodes.id })
  return used.length > 0
}

const fingerprintOf = (directory: Directory, user: UserId, code: string) =>
  directory.fingerprint('recovery-code', `${user} ${code.replace('-', '')}`)
