import { eq } from 'drizzle-orm'
import * as access from '#access'
import { invariant, isRefusal } from '#kernel'
import type { Directory } from '#shards'
import { sessions } from '#workers/access/directory-tables.ts'
import { hashOf } from '#workers/access/session.ts'

/** The cookie of somebody who signed in by password, and past what else is asked, which has tests of its own. */
export async function wholeSession(
  directory: Directory,
  typed: { email: string; password: string },
): Promise<string> {
  const answer = await access.signIn(directory, { ...typed, from: '198.51.100.1' })
  if (isRefusal(answer)) throw new Error(answer.refused)
  await madeWhole(directory, answer.token)
  return `__Host-session=${answer.token}`
}

/** Nothing stands any more between a session and its pages. */
export async function madeWhole(directory: Directory, token: string): Promise<void> {
  const idHash = await hashOf(token)
  invariant(idHash, 'a token is one of ours')
  await directory.write(
    directory.db.update(sessions).set({ needs: null }).where(eq(sessions.idHash, idHash)),
  )
}
