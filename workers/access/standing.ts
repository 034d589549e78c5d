import type { Directory } from '#shards'
import { hashOf, isLive, isToBeSeen, type Need } from './session.ts'
import * as store from './store.ts'
import type { User } from './user.ts'

/** Somebody signed in: who, in which session, and what stands between them and their pages. */
export type Standing = {
  user: User
  session: Pick<store.SessionRow, 'id' | 'confirmedAtMs' | 'verifiedBy' | 'supportAccessId'>
  needs: Need | null
  /** Their organisation's review of access is overdue, and its grace is over. */
  isReviewOverdue: boolean
  /** The customer's area that an employee of the operator is in now. */
  support: store.SupportAccessRow | null
  /** Somebody of the operator is in their organisation's area now. */
  isVisited: boolean
}

/**
 * Who this is. Nobody, where the session was left alone, is too old or was ended, or its user may not
 * come in any more: asked of the database each time, so that an end is an end at once.
 */
export async function standing(
  directory: Directory,
  token: string | undefined,
): Promise<Standing | undefined> {
  const idHash = await hashOf(token)
  const found = idHash && (await store.findSession(directory, idHash))
  if (!found || found.row.state !== 'active') return undefined
  const nowMs = directory.clock.now()
  if (!isLive(found.session, nowMs)) return undefined

  if (isToBeSeen(found.session, nowMs)) await directory.write(store.seen(directory, idHash))
  const actor = { kind: 'user', id: found.row.id } as const
  const school = await directory.school(found.row.organisationId, actor)
  if (!school) return undefined
  const { session, support } = found
  return {
    user: await store.asUser(school, found.row),
    session,
    needs: session.needs,
    isReviewOverdue: found.isReviewOverdue === 1,
    support,
    isVisited: found.isVisited === 1,
  }
}
