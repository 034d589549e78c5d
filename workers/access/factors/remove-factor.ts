import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import type { Standing } from '../standing.ts'
import { mustHaveSecondFactor, type User } from '../user.ts'
import type { FactorId, Factors, Tell } from './factor.ts'
import * as store from './store.ts'

/** Whether this is the only factor of somebody who must have one (PRODUCT 3.3). */
export const mustStay = (user: User, { passkeys, app }: Factors): boolean =>
  mustHaveSecondFactor(user) && passkeys.length + (app ? 1 : 0) <= 1

/**
 * Takes one of somebody's own factors away; every session of theirs ends but the one they are in. It is asked again in the same statement whether it may go, so
 * that two at once leave one; the trail then says of the other that it was kept.
 */
export async function removeFactor(
  directory: Directory,
  school: School,
  { user, session }: Pick<Standing, 'user' | 'session'>,
  factor: FactorId,
  tell: Tell,
): Promise<Refusal<'no-such-factor' | 'last-factor'> | undefined> {
  const factors = await store.factorsOf(directory, school, user.id)
  const isTheirs =
    factor === 'app' ? factors.app !== null : factors.passkeys.some(({ id }) => id === factor)
  if (!isTheirs) return refuse('no-such-factor')
  if (mustStay(user, factors)) return refuse('last-factor')

  const kind = factor === 'app' ? 'app' : 'passkey'
  const facts = { kind, ...(factor !== 'app' && { factor }) }
  await school.commit(
    audit.entry(school, 'factor.removed', user.id, facts),
    await tell({ what: `${kind}-removed` }),
  )
  const mustHaveOne = mustHaveSecondFactor(user)
  const from = { factor, mustHaveOne, session: session.id }
  if (await store.factorRemoved(directory, user.id, from)) return undefined
  await school.commit(audit.entry(school, 'factor.kept', user.id, facts))
  return refuse('last-factor')
}
