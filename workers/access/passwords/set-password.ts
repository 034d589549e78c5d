import * as audit from '#audit'
import { type Id, invariant, type Refusal, refuse } from '#kernel'
import type { Directory, Entry, School, Statement } from '#shards'
import { hashPassword, isPassword, passwordProblem, type PasswordRefusal } from '../password.ts'
import { hashOf, newToken } from '../session.ts'
import * as sessionStore from '../store.ts'
import type { User } from '../user.ts'
import * as store from './store.ts'

/** Whose password, chosen in which session, and what it must not be made of beside their own name. */
export type Choice = {
  user: Pick<User, 'id' | 'name' | 'email'>
  session: Id<'session'>
  /** The password wanted. */
  wanted: string
  /** The organisation's name. */
  organisation: string
  /** The e-mail that tells them of the change: it goes with the commit. */
  letter: () => Promise<Statement[]>
}

export type ChoiceRefusal =
  | PasswordRefusal
  | Refusal<'password-same' | 'password-changed-meanwhile'>

/** What is wrong with the password that somebody chose, leaving aside what they had before. */
export const problemOf = ({
  wanted,
  organisation,
  user: { name, email },
}: Pick<Choice, 'wanted' | 'organisation' | 'user'>): PasswordRefusal | undefined =>
  passwordProblem(wanted, { words: [organisation, name, email] })

/**
 * The deed that all ways to a new password end in, within a session: every other session of the person ends,
 * this one goes on under a new token and is whole. The trail knows first; where the password was changed by
 * another hand meanwhile, it says that nothing came of it.
 */
export async function setPassword(
  directory: Directory,
  school: School,
  row: sessionStore.UserRow,
  { session, wanted, letter }: Choice,
  entry: Entry,
): Promise<{ token: string } | ChoiceRefusal> {
  if (await isPassword(wanted, row.passwordHash)) return refuse('password-same', 'password')

  const token = newToken()
  const idHash = await hashOf(token)
  invariant(idHash, 'a new token is a token')
  const hash = await hashPassword(wanted)
  await school.commit(entry, await letter())
  const isChanged = await directory.write(
    store.stillHas(directory, school, row),
    store.passwordSet(directory, school, row.id, hash),
    sessionStore.allEnded(directory, school, row.id, session),
    sessionStore.rotated(directory, { id: session, idHash }, { needs: null }),
  )
  if (isChanged) return { token }
  await school.commit(audit.entry(school, 'password.kept', row.id, { because: MEANWHILE }))
  return refuse('password-changed-meanwhile', 'password')
}

const MEANWHILE = 'changed-meanwhile'
