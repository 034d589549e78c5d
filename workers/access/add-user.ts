import * as audit from '#audit'
import { mailboxKey, newId, type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, Entry, School, Statement } from '#shards'
import { users } from './directory-tables.ts'
import { hashPassword, passwordProblem, type PasswordRefusal } from './password.ts'
import type { Grant, Role } from './user.ts'
import * as store from './store.ts'
import { abandoned, removed } from './user-store.ts'

export type NewUser = {
  role: Role
  name: string
  email: string
  password: string
  grants?: Grant[]
  /** Names of year groups; left out or null for all. */
  yearGroups?: string[] | null
  /** The organisation's name: what their password must not be made of, as little as of their own. */
  organisation?: string
}

export type AddRefusal = Refusal<'email-taken'> | PasswordRefusal

/** What goes with an account: writes that must hold or nobody has it, and what else the trail says of it. */
export type By = {
  alongside?: readonly Statement[]
  facts?: audit.Facts
  entries?: (user: UserId) => Entry[]
}

/**
 * Gives a person an account in an organisation. An e-mail address signs in to one account only. The
 * account opens last: nobody can sign in whom the organisation's trail does not know, and the trail
 * knows of nobody whose address turned out to be taken.
 */
export async function addUser(
  directory: Directory,
  school: School,
  details: NewUser,
  { alongside = [], facts = {}, entries = () => [] }: By = {},
): Promise<UserId | AddRefusal> {
  const { name, email, organisation = '' } = details
  const problem = passwordProblem(details.password, { words: [organisation, name, email] })
  if (problem) return problem
  await directory.write(await abandoned(directory, email))
  if (await store.findByEmail(directory, email)) return refuse('email-taken', 'email')

  const row = await rowOf(directory, school, details)
  const added = await directory.db.insert(users).values(row).onConflictDoNothing().returning()
  if (added.length === 0) return refuse('email-taken', 'email')

  await school.commit(
    audit.entry(school, 'user.added', row.id, { role: details.role, ...facts }),
    entries(row.id),
  )
  const opened = store.stateChanged(directory, school, row.id, 'active', 'opening')
  if (await directory.write([...alongside], opened)) return row.id

  await school.commit(audit.entry(school, 'user.removed', row.id, { because: 'never-opened' }))
  await directory.write(await removed(directory, school, { id: row.id, name }))
  return refuse('email-taken', 'email')
}

async function rowOf(directory: Directory, school: School, details: NewUser) {
  const { name, email, role, yearGroups = null, grants = [], password } = details
  const id = newId('user', directory.clock.now())
  return {
    id,
    organisationId: school.id,
    role,
    grants,
    yearGroups,
    record: await school.seal(users.record, id, { name, email }),
    emailFingerprint: await directory.fingerprint('user-email', mailboxKey(email)),
    passwordHash: await hashPassword(password),
    passwordChangedAtMs: directory.clock.now(),
    state: 'opening' as const,
    createdAtMs: directory.clock.now(),
  }
}
