import * as audit from '#audit'
import { isRefusal, type Refusal, refuse, type UserId } from '#kernel'
import { type Directory, type School, system } from '#shards'
import { addUser } from '../add-user.ts'
import { type Caller, fromWhere } from '../from-where.ts'
import type { PasswordRefusal } from '../password.ts'
import { hashOf } from '../session.ts'
import { counted, networkOf, takenBack } from '../throttle.ts'
import type { Invitation } from './invitation.ts'
import * as store from './store.ts'

/** One word for unknown, expired, withdrawn and used: whoever guesses learns nothing. */
export type SecretRefusal = Refusal<'no-such-invitation' | 'throttled'>

/** What the person invited chooses; all else was chosen by who invited them. */
export type Chosen = {
  name: string
  password: string
  /** The organisation's name: no password is made of it. */
  organisation: string
}

/** The invitation that a secret opens. A secret that opens none counts as a guess of that network. */
export async function openInvitation(
  directory: Directory,
  secret: string,
  caller: Caller,
): Promise<Invitation | SecretRefusal> {
  const found = await opened(directory, secret, caller)
  return isRefusal(found) ? found : found.invitation
}

/**
 * Opens the account that somebody was invited to, once: of two posts of one secret, at whatever moment,
 * one makes it. Signs nobody in.
 */
export async function acceptInvitation(
  directory: Directory,
  secret: string,
  chosen: Chosen,
  caller: Caller,
): Promise<UserId | SecretRefusal | PasswordRefusal> {
  const found = await opened(directory, secret, caller)
  if (isRefusal(found)) return found

  const { invitation, school, row } = found
  const { email, role, grants, yearGroups, id } = invitation
  const details = {
    ...chosen,
    email,
    role,
    grants: [...grants],
    yearGroups: yearGroups && [...yearGroups],
  }
  const added = await addUser(directory, school, details, {
    alongside: store.accepted(directory, school, row),
    facts: { invitation: id },
    entries: (user) => [audit.entry(school, 'invitation.accepted', id, { user })],
  })
  const isGone = isRefusal(added) && added.refused === 'email-taken'
  return isGone ? refuse('no-such-invitation') : (added as UserId | PasswordRefusal)
}

type Opened = {
  invitation: Invitation
  school: School
  row: NonNullable<Awaited<ReturnType<typeof store.findOpen>>>
}

async function opened(
  directory: Directory,
  secret: string,
  caller: Caller,
): Promise<Opened | SecretRefusal> {
  const guess = await counted(directory, [['invitation-network', networkOf(caller.address)]])
  if (!guess) return refuse('throttled')
  const hash = await hashOf(secret)
  const row = hash && (await store.findOpen(directory, hash))
  const area = row && (await directory.school(row.organisationId, system('visitor')))
  if (!area) return refuse('no-such-invitation', 'secret')

  await directory.write(takenBack(guess))
  const school = area.as(system('visitor', await fromWhere(area, caller)))
  return { invitation: await store.asInvitation(school, row), school, row }
}
