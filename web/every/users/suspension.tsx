import * as access from '#access'
import { everyArea } from '../../route.ts'
import { endingOf } from './end-access.ts'
import { userPath } from './whose.ts'

/** Shuts somebody out for now: they are away, or their account may be in other hands. */
export const userSuspension = everyArea('/users/:user/suspension', 'end-access', {
  isConfirmed: true,
  ...endingOf('/suspension', {
    words: ({ name }) => ({
      title: 'Suspend this account',
      warning: `${name} is signed out everywhere at once, and cannot sign in until somebody reinstates the account.`,
      button: 'Suspend the account',
    }),
    act: access.suspend,
    leadsTo: (visit, { id }) => userPath(visit, id),
    notice: 'user-suspended',
  }),
})
