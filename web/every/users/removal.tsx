import * as access from '#access'
import { everyArea } from '../../route.ts'
import { endingOf } from './end-access.ts'
import { usersPath } from './whose.ts'

/** Ends the account of somebody who has left. */
export const userRemoval = everyArea('/users/:user/removal', 'end-access', {
  isConfirmed: true,
  ...endingOf('/removal', {
    words: ({ name }) => ({
      title: 'Remove this account',
      warning: `${name} is signed out everywhere at once and never signs in with this account again. Their name stays in the trail. To give them access later, invite them anew.`,
      button: 'Remove the account',
    }),
    act: access.removeUser,
    leadsTo: (visit) => usersPath(visit),
    notice: 'user-removed',
  }),
})
