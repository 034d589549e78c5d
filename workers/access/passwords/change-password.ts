import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { isPassword } from '../password.ts'
import { guessed, takenBack } from '../throttle.ts'
import { type Choice, type ChoiceRefusal, problemOf, setPassword } from './set-password.ts'
import * as store from './store.ts'

export type ChangeRefusal = ChoiceRefusal | Refusal<'wrong-password' | 'throttled'>

/**
 * Somebody signed in chooses another password. They say the one they have, so that a screen left open is not
 * enough; wrong ones count as guesses at signing in do.
 */
export async function changePassword(
  directory: Directory,
  school: School,
  choice: Choice & { current: string; address: string },
): Promise<{ token: string } | ChangeRefusal> {
  const { user, current, address } = choice
  const problem = problemOf(choice)
  if (problem) return problem
  const guess = await guessed(directory, user.email, address)
  if (!guess) return refuse('throttled', 'current')
  const row = await store.activeRow(directory, school, user.id)
  if (!row || !(await isPassword(current, row.passwordHash))) {
    await school.commit(audit.entry(school, 'password.refused', user.id))
    return refuse('wrong-password', 'current')
  }

  await directory.write(takenBack(guess))
  return setPassword(
    directory,
    school,
    row,
    choice,
    audit.entry(school, 'password.changed', user.id),
  )
}
