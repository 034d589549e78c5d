import * as access from '#access'
import { everyArea } from '../../route.ts'
import { endingOf } from './end-access.ts'
import { userPath } from './whose.ts'

/** Makes somebody choose a new password, when the one they have may be known to others. */
export const userPasswordChange = everyArea('/users/:user/password-change', 'end-access', {
  isConfirmed: true,
  ...endingOf('/password-change', {
    words: ({ name }) => ({
      title: 'Ask for a new password',
      warning: `${name} is signed out everywhere at once, and must choose a new password when they sign in again with the old one. If somebody else may be using the account, suspend it instead.`,
      button: 'Ask for a new password',
    }),
    act: access.forcePasswordChange,
    leadsTo: (visit, { id }) => userPath(visit, id),
    notice: 'user-password-change-asked',
  }),
})
