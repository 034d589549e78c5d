import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { isPassword } from '../password.ts'
import type { VerifiedBy } from '../session.ts'
import type { Standing } from '../standing.ts'
import { findByEmail } from '../store.ts'
import { counted, GUESSES_WITHIN_MS, guessed, networkOf, takenBack } from '../throttle.ts'
import { totps } from './directory-tables.ts'
import type { Circumstances } from './circumstances.ts'
import { type Factors, hasFactor } from './factor.ts'
import { type MovedOn, movedOn } from './move-on.ts'
import { isOwnPasskey } from './passkey-answer.ts'
import { readRecoveryCode } from './recovery-code.ts'
import { recoveryCodeUsed } from './recovery-store.ts'
import * as store from './store.ts'
import { stepOf } from './totp.ts'

/** What somebody shows to prove who they are; `given` is a code, what a passkey answered, or the password. */
export type Proof = { by: VerifiedBy | 'password'; given: string }

/**
 * Takes a proof: at sign-in the second factor, later what the riskiest pages ask for again. The password
 * is one only for whoever has no second factor, and never at sign-in, where it was just given. Guesses count for
 * the account and for the network, passkeys too, so that nobody can flood a trail with refusals.
 */
export async function prove(
  directory: Directory,
  school: School,
  standing: Standing,
  proof: Proof,
  circumstances: Circumstances,
): Promise<MovedOn | Refusal<'wrong' | 'throttled'>> {
  const { user } = standing
  const factors = await store.factorsOf(directory, school, user.id)
  const guess = await guessAt(directory, standing, proof, circumstances)
  if (!guess) {
    await noteThrottled(school, standing, proof)
    return refuse('throttled')
  }
  if (!(await isRight(directory, school, standing, factors, proof, circumstances))) {
    const because = 'wrong'
    await school.commit(audit.entry(school, REFUSED, user.id, { by: proof.by, because }))
    return refuse('wrong')
  }

  const moved = await movedOn(
    directory,
    standing,
    shownBy(proof, factors),
    circumstances.passwordDays,
  )
  await noteShown(school, standing, proof, factors, circumstances)
  await directory.write(takenBack(guess), moved.write)
  return { token: moved.token, needs: moved.needs }
}

const REFUSED = 'factor.refused'

/** A password is guessed at here as at sign-in, so the same ten count. */
const guessAt = (
  directory: Directory,
  { user }: Standing,
  { by }: Proof,
  { caller: { address } }: Circumstances,
) =>
  by === 'password'
    ? guessed(directory, user.email, address)
    : counted(directory, [
        ['factor-of', user.id],
        ['factor-from', networkOf(address)],
      ])

/** Once in five minutes: what can be tried without end would flood the trail. */
async function noteThrottled(school: School, { user }: Standing, { by }: Proof): Promise<void> {
  const because = 'throttled'
  const sinceMs = school.clock.now() - GUESSES_WITHIN_MS
  await school.commit(
    [audit.noneSince(school, REFUSED, user.id, { because, sinceMs })],
    audit.entry(school, REFUSED, user.id, { by, because }),
  )
}

async function isRight(
  directory: Directory,
  school: School,
  { user, needs }: Standing,
  factors: Factors,
  { by, given }: Proof,
  { party }: Circumstances,
): Promise<boolean> {
  if (by === 'password') {
    if (hasFactor(factors) || needs !== null) return false
    const row = await findByEmail(directory, user.email)
    return row?.id === user.id && isPassword(given, row.passwordHash)
  }
  if (by === 'passkey') return isOwnPasskey(directory, school, user.id, given, party)
  if (by === 'totp') return isOwnCode(directory, school, user.id, given)
  const code = readRecoveryCode(given)
  return code !== undefined && recoveryCodeUsed(directory, user.id, code)
}

async function isOwnCode(
  directory: Directory,
  school: School,
  user: Standing['user']['id'],
  typed: string,
): Promise<boolean> {
  const row = await store.totpOf(directory, user)
  if (!row) return false
  const { secret } = await school.open(totps.record, row.id, row.record)
  const step = stepOf(secret, typed, directory.clock.now())
  return step !== undefined && store.stepUsed(directory, user, step)
}

const shownBy = ({ by }: Proof, factors: Factors) => ({
  ...(by !== 'password' && { verifiedBy: by }),
  hasFactor: hasFactor(factors),
})

/** A recovery code is for whoever lost something; if it was not its owner, they learn of it by e-mail. */
async function noteShown(
  school: School,
  { user }: Standing,
  { by }: Proof,
  { recoveryCodesLeft }: Factors,
  { tell }: Circumstances,
): Promise<void> {
  if (by !== 'recovery-code') {
    await school.commit(audit.entry(school, 'factor.shown', user.id, { by }))
    return
  }
  const left = Math.max(0, recoveryCodesLeft - 1)
  await school.commit(
    audit.entry(school, 'recovery-code.used', user.id, { left }),
    await tell({ what: 'recovery-code-used', left }),
  )
}
