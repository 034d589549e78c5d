import * as access from '#access'
import type { User } from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { userRefusals } from '../../words-users.ts'
import { askFirst } from './ask-first.tsx'
import { presentUserOf, userPath, usersPath } from './whose.ts'

/** Ends the account of somebody who has left. */
export const userRemoval = everyArea('/users/:user/removal', 'end-access', {
  isConfirmed: true,
  get: async (visit) => {
    const user = await presentUserOf(visit)
    return user ? ask(visit, user) : notFoundPage(visit)
  },

  post: async (visit) => {
    const user = await presentUserOf(visit)
    if (!user) return notFoundPage(visit)
    const refusal = await access.removeUser(visit.directory, visit.school, user.id)
    if (isRefusal(refusal)) return ask(visit, user, userRefusals[refusal.refused])
    return seeOther(visit, usersPath(visit), 'user-removed')
  },
})

const ask = (visit: SchoolVisit, user: User, refusal?: string): Promise<Response> =>
  askFirst(visit, {
    title: 'Remove this account',
    caption: user.name,
    warning: `${user.name} is signed out everywhere at once and never signs in with this account again. Their name stays in the trail. To give them access later, invite them anew.`,
    button: 'Remove the account',
    action: userPath(visit, user.id, '/removal'),
    back: userPath(visit, user.id),
    refusal,
  })
