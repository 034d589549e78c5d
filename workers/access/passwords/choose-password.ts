import * as audit from '#audit'
import { refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { type Choice, type ChoiceRefusal, problemOf, setPassword } from './set-password.ts'
import * as store from './store.ts'

/**
 * Somebody who signed in a moment ago, and must choose a new password before anything else, does. Only for
 * a session that has this need: the password was asked for when it began.
 */
export async function choosePassword(
  directory: Directory,
  school: School,
  choice: Choice,
): Promise<{ token: string } | ChoiceRefusal> {
  const problem = problemOf(choice)
  if (problem) return problem
  const row = await store.activeRow(directory, school, choice.user.id)
  if (!row) return refuse('password-changed-meanwhile', 'password')

  const because = row.passwordChange ?? 'period'
  const entry = audit.entry(school, 'password.changed', row.id, { because })
  return setPassword(directory, school, row, choice, entry)
}
