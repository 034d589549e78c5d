import * as access from '#access'
import type { Invitation, User } from '#access'
import { parseId, type UserId } from '#kernel'
import type { Kind } from './entitlement-form.ts'
import { areaOf } from '../../area.ts'
import { mayHere } from '../../may.ts'
import type { SchoolVisit } from '../../route.ts'

/** "/school/users", and a page below it, in whichever area the visitor is. */
export const usersPath = ({ organisation }: SchoolVisit, below = ''): string =>
  `${areaOf(organisation)}/users${below}`

/** "/school/users/usr_…", and a page below it. */
export const userPath = (visit: SchoolVisit, id: UserId, below = ''): string =>
  usersPath(visit, `/${id}${below}`)

export const invitationPath = (
  { organisation }: SchoolVisit,
  { id }: Pick<Invitation, 'id'>,
  below: string,
): string => `${areaOf(organisation)}/invitations/${id}${below}`

/** The user that the path names, if they are of this organisation. */
export async function userOf({ directory, school, param }: SchoolVisit): Promise<User | undefined> {
  const id = parseId('user', param('user'))
  return id && access.find(directory, school, id)
}

/** The same, where there is still something to change about them. */
export async function presentUserOf(visit: SchoolVisit): Promise<User | undefined> {
  const user = await userOf(visit)
  return user && user.state !== 'removed' ? user : undefined
}

/** The unanswered invitation that the path names. */
export async function invitationOf({
  directory,
  school,
  param,
}: SchoolVisit): Promise<Invitation | undefined> {
  const id = parseId('invitation', param('invitation'))
  return id && access.findInvitation(directory, school, id)
}

/** Whether this person may also give access, not just end it: not while a review is overdue. */
export const mayManage = ({ user, organisation }: SchoolVisit): boolean =>
  mayHere(user, organisation.kind, 'manage-users')

/** Of the visitor's organisation: it says which roles there are. */
export const kindOf = ({ organisation }: SchoolVisit): Kind => organisation.kind
