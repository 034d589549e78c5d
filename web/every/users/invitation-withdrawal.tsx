import * as access from '#access'
import { askFirst } from '../../ask-first.tsx'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { everyArea } from '../../route.ts'
import { invitationOf, invitationPath, usersPath } from './whose.ts'

/** Takes an invitation back. */
export const invitationWithdrawal = everyArea('/invitations/:invitation/withdrawal', 'end-access', {
  get: async (visit) => {
    const found = await invitationOf(visit)
    if (!found) return notFoundPage(visit)
    return askFirst(visit, {
      title: 'Withdraw an invitation',
      caption: found.name,
      warning: `The link that was sent to ${found.email} stops working. You can invite ${found.name} again.`,
      button: 'Withdraw the invitation',
      action: invitationPath(visit, found, '/withdrawal'),
      back: usersPath(visit),
    })
  },

  post: async (visit) => {
    const found = await invitationOf(visit)
    if (!found) return notFoundPage(visit)
    const refusal = await access.withdrawInvitation(visit.directory, visit.school, found.id)
    return refusal ? notFoundPage(visit) : seeOther(visit, usersPath(visit), 'invitation-withdrawn')
  },
})
