import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, Entry, School, Write } from '#shards'
import type { VerifiedBy } from '../session.ts'
import type { Standing } from '../standing.ts'
import { allEnded } from '../store.ts'
import type { Circumstances } from './circumstances.ts'
import type { FactorNews } from './factor.ts'
import { type MovedOn, movedOn } from './move-on.ts'
import * as store from './store.ts'

export type NewFactor = {
  writes: Write[]
  entry: Entry
  news: FactorNews
  verifiedBy: VerifiedBy
}

/**
 * Keeps a new factor and moves its session on; every other session of the person ends, as with a new
 * password: one that a thief holds does not outlive what its owner sets up against him. A session that only a password opened may make the first factor
 * and no further one: else whoever found out a password could add theirs to an account that is guarded. It is
 * asked again inside the write, so that of two at once one succeeds; the trail then says so of the other.
 */
export async function enrolled(
  directory: Directory,
  school: School,
  standing: Standing,
  { writes, entry, news, verifiedBy }: NewFactor,
  { passwordDays, tell }: Circumstances,
): Promise<MovedOn | Refusal<'already-enrolled'>> {
  const { user, session, needs } = standing
  const mustBeFirst = needs !== null
  if (mustBeFirst && (await store.hasAny(directory, user.id))) return refuse('already-enrolled')

  const shown = { verifiedBy, hasFactor: true }
  const moved = await movedOn(directory, standing, shown, passwordDays)
  await school.commit(entry, await tell(news))
  const first = mustBeFirst ? store.noneYet(directory, user.id) : []
  const others = allEnded(directory, school, user.id, session.id)
  if (await directory.write(first, ...writes, others, moved.write)) {
    return { token: moved.token, needs: moved.needs }
  }
  const because = 'already-enrolled'
  await school.commit(audit.entry(school, 'factor.refused', user.id, { by: verifiedBy, because }))
  return refuse(because)
}
