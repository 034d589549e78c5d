import * as audit from '#audit'
import { invariant, mailboxKey, newId, type OrganisationId } from '#kernel'
import { type Directory, type School, type Statement, system } from '#shards'
import { type Caller, fromWhere } from '../from-where.ts'
import { hashOf, newToken } from '../session.ts'
import { asUser, findByEmail } from '../store.ts'
import { counted, networkOf } from '../throttle.ts'
import type { User } from '../user.ts'
import * as store from './store.ts'

/** How long a link to a new password is good. */
export const RESET_LASTS_MS = 60 * 60_000
/** Nobody’s inbox is filled by whoever knows their address: so many letters in an hour, and no more. */
export const MAX_RESETS = 3
const RESETS_WITHIN_MS = 60 * 60_000

/** What is asked about the organisation of whoever has the address. */
export type OrganisationOf = (
  id: OrganisationId,
) => Promise<{ name: string; isOpen: boolean } | undefined>

export type ResetLetter = (
  school: School,
  details: { user: User; organisation: string; secret: string; expiresAtMs: number },
) => Promise<Statement[]>

/**
 * Whether a link may be asked for: ten times in five minutes for an address, and from a network. It looks at
 * nothing but what was typed, so it says nothing of who has an account.
 */
export const mayAskReset = async (
  directory: Directory,
  email: string,
  { address }: Caller,
): Promise<boolean> =>
  (await counted(directory, [
    ['password-reset', mailboxKey(email.trim())],
    ['password-reset-from', networkOf(address)],
  ])) !== undefined

/**
 * Sends a link to a new password to whoever has an account with this address, may sign in, and has not had
 * three in an hour; and to nobody else. It gives back the organisation whose outbox has the letter, for a nudge,
 * and no visitor is told whether there is one: they are answered before this is done.
 */
export async function askReset(
  directory: Directory,
  email: string,
  options: { caller: Caller; organisationOf: OrganisationOf; letter: ResetLetter },
): Promise<School | undefined> {
  const row = await findByEmail(directory, email.trim())
  if (row?.state !== 'active') return undefined
  const organisation = await options.organisationOf(row.organisationId)
  const area = await directory.school(row.organisationId, system('visitor'))
  if (!organisation?.isOpen || !area) return undefined

  const secret = newToken()
  const secretHash = await hashOf(secret)
  invariant(secretHash, 'a new token is a token')
  const nowMs = directory.clock.now()
  const reset = {
    id: newId('password-reset', nowMs),
    secretHash,
    expiresAtMs: nowMs + RESET_LASTS_MS,
  }
  const limit = { most: MAX_RESETS, sinceMs: nowMs - RESETS_WITHIN_MS }
  if (!(await store.resetAdded(directory, row, reset, limit))) return undefined

  const school = area.as(system('visitor', await fromWhere(area, options.caller)))
  const user = await asUser(school, row)
  const { expiresAtMs } = reset
  const details = { user, organisation: organisation.name, secret, expiresAtMs }
  const letter = await options.letter(school, details)
  await school.commit(audit.entry(school, 'password.reset-asked', row.id), letter)
  return school
}
