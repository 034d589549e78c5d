import * as audit from '#audit'
import { mailboxKey, newId, type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { users } from './directory-tables.ts'
import { hashPassword, passwordProblem } from './password.ts'
import type { Role } from './user.ts'
import * as store from './store.ts'

export type NewUser = {
  role: Role
  name: string
  email: string
  password: string
  /** Names of year groups; left out or null for all. */
  yearGroups?: string[] | null
}

export type AddRefusal = Refusal<'email-taken' | 'password-too-short' | 'password-too-long'>

/**
 * Gives a person an account in an organisation. An e-mail address signs in to one account only. The
 * account opens last: nobody can sign in whom the organisation's trail does not know, and the trail
 * knows of nobody whose address turned out to be taken.
 */
export async function addUser(
  directory: Directory,
  school: School,
  details: NewUser,
): Promise<UserId | AddRefusal> {
  const problem = passwordProblem(details.password)
  if (problem) return problem
  if (await store.findByEmail(directory, details.email)) return refuse('email-taken', 'email')

  const row = await rowOf(directory, school, details)
  const added = await directory.db.insert(users).values(row).onConflictDoNothing().returning()
  if (added.length === 0) return refuse('email-taken', 'email')

  await school.commit(audit.entry(school, 'user.added', row.id, { role: details.role }))
  await directory.write(store.opened(directory, school, row.id))
  return row.id
}

async function rowOf(directory: Directory, school: School, details: NewUser) {
  const { name, email, role, yearGroups = null, password } = details
  const id = newId('user', directory.clock.now())
  return {
    id,
    organisationId: school.id,
    role,
    yearGroups,
    record: await school.seal(users.record, id, { name, email }),
    emailFingerprint: await directory.fingerprint('user-email', mailboxKey(email)),
    passwordHash: await hashPassword(password),
    state: 'disabled' as const,
    createdAtMs: directory.clock.now(),
  }
}
