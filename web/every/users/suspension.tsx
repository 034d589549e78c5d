import * as access from '#access'
import type { User } from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { userRefusals } from '../../words-users.ts'
import { askFirst } from './ask-first.tsx'
import { presentUserOf, userPath } from './whose.ts'

/** Shuts somebody out for now: they are away, or their account may be in other hands. */
export const userSuspension = everyArea('/users/:user/suspension', 'end-access', {
  isConfirmed: true,
  get: async (visit) => {
    const user = await presentUserOf(visit)
    return user ? ask(visit, user) : notFoundPage(visit)
  },

  post: async (visit) => {
    const user = await presentUserOf(visit)
    if (!user) return notFoundPage(visit)
    const refusal = await access.suspend(visit.directory, visit.school, user.id)
    if (isRefusal(refusal)) return ask(visit, user, userRefusals[refusal.refused])
    return seeOther(visit, userPath(visit, user.id), 'user-suspended')
  },
})

const ask = (visit: SchoolVisit, user: User, refusal?: string): Promise<Response> =>
  askFirst(visit, {
    title: 'Suspend this account',
    caption: user.name,
    warning: `${user.name} is signed out everywhere at once, and cannot sign in until somebody reinstates the account.`,
    button: 'Suspend the account',
    action: userPath(visit, user.id, '/suspension'),
    back: userPath(visit, user.id),
    refusal,
  })
