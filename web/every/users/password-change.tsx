import * as access from '#access'
import type { User } from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { userRefusals } from '../../words-users.ts'
import { askFirst } from './ask-first.tsx'
import { presentUserOf, userPath } from './whose.ts'

/** Makes somebody choose a new password, when the one they have may be known to others. */
export const userPasswordChange = everyArea('/users/:user/password-change', 'end-access', {
  isConfirmed: true,
  get: async (visit) => {
    const user = await presentUserOf(visit)
    return user ? ask(visit, user) : notFoundPage(visit)
  },

  post: async (visit) => {
    const user = await presentUserOf(visit)
    if (!user) return notFoundPage(visit)
    const refusal = await access.forcePasswordChange(visit.directory, visit.school, user.id)
    if (isRefusal(refusal)) return ask(visit, user, userRefusals[refusal.refused])
    return seeOther(visit, userPath(visit, user.id), 'user-password-change-asked')
  },
})

const ask = (visit: SchoolVisit, user: User, refusal?: string): Promise<Response> =>
  askFirst(visit, {
    title: 'Ask for a new password',
    caption: user.name,
    warning: `${user.name} is signed out everywhere at once, and must choose a new password when they sign in again with the old one. If somebody else may be using the account, suspend it instead.`,
    button: 'Ask for a new password',
    action: userPath(visit, user.id, '/password-change'),
    back: userPath(visit, user.id),
    refusal,
  })
