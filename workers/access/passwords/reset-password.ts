import * as audit from '#audit'
import { isRefusal, type Refusal, refuse } from '#kernel'
import type { Directory, School, Statement } from '#shards'
import { type Caller, fromWhere } from '../from-where.ts'
import { hashPassword, isPassword, passwordProblem, type PasswordRefusal } from '../password.ts'
import { hashOf } from '../session.ts'
import { allEnded, asUser, type UserRow } from '../store.ts'
import { counted, networkOf, takenBack } from '../throttle.ts'
import type { User } from '../user.ts'
import type { OrganisationOf } from './ask-reset.ts'
import * as store from './store.ts'

type LinkRefusal = Refusal<'reset-over' | 'throttled'>
export type ResetRefusal = LinkRefusal | PasswordRefusal | Refusal<'password-same'>

type Asking = { caller: Caller; organisationOf: OrganisationOf }

/** Whether a link is good: whose it is. Used, replaced, too old and made up are one answer. */
export async function openReset(
  directory: Directory,
  secret: string,
  asking: Asking,
): Promise<{ user: User; organisation: string } | LinkRefusal> {
  const found = await find(directory, secret, asking)
  return isRefusal(found) ? found : { user: found.user, organisation: found.organisation }
}

/**
 * A new password by a link that was sent: once. Every session ends, and signing in goes on asking for the
 * second factor, so that whoever reads somebody's e-mail is not in yet.
 */
export async function resetPassword(
  directory: Directory,
  secret: string,
  wanted: string,
  options: Asking & { letter: (school: School, user: User) => Promise<Statement[]> },
): Promise<{ school: School } | ResetRefusal> {
  const found = await find(directory, secret, options)
  if (isRefusal(found)) return found
  const { id, row, user, school, organisation } = found
  const problem = passwordProblem(wanted, { words: [organisation, user.name, user.email] })
  if (problem) return problem
  if (await isPassword(wanted, row.passwordHash)) return refuse('password-same', 'password')
  const hash = await hashPassword(wanted)
  if (!(await store.resetUsed(directory, id))) return refuse('reset-over')

  const letter = await options.letter(school, user)
  await school.commit(audit.entry(school, 'password.reset', row.id), letter)
  await directory.write(
    store.passwordSet(directory, school, row.id, hash),
    allEnded(directory, school, row.id),
  )
  return { school }
}

type Found = {
  id: Parameters<typeof store.resetUsed>[1]
  row: UserRow
  user: User
  school: School
  organisation: string
}

/** Guesses at secrets are counted by network, as all guesses are, though 256 bits are not guessed. */
async function find(
  directory: Directory,
  secret: string,
  { caller, organisationOf }: Asking,
): Promise<Found | LinkRefusal> {
  const guess = await counted(directory, [['reset-secret-from', networkOf(caller.address)]])
  if (!guess) return refuse('throttled')
  const secretHash = await hashOf(secret.trim())
  const found = secretHash && (await store.findReset(directory, secretHash))
  if (!found) return refuse('reset-over')
  const { id, row } = found
  const organisation = await organisationOf(row.organisationId)
  const actor = { kind: 'user', id: row.id } as const
  const area = await directory.school(row.organisationId, actor)
  if (!organisation?.isOpen || !area) return refuse('reset-over')

  await directory.write(takenBack(guess))
  const school = area.as({ ...actor, from: await fromWhere(area, caller) })
  return { id, row, school, user: await asUser(school, row), organisation: organisation.name }
}
