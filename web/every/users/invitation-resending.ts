import * as access from '#access'
import { isRefusal } from '#kernel'
import { sendSoon } from '../../send-soon.ts'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { everyArea } from '../../route.ts'
import { letterFrom } from './letter.ts'
import { invitationOf, usersPath } from './whose.ts'

/** Sends an invitation again, with a new link. */
export const invitationResending = everyArea('/invitations/:invitation/resending', 'manage-users', {
  post: async (visit) => {
    const found = await invitationOf(visit)
    if (!found) return notFoundPage(visit)
    const { directory, school, organisation } = visit
    const letter = letterFrom(visit, school, { organisation, role: found.role })
    const sent = await access.resendInvitation(directory, school, found.id, letter)
    if (isRefusal(sent)) return seeOther(visit, usersPath(visit), 'invitation-not-resent')
    sendSoon(visit, school)
    return seeOther(visit, usersPath(visit), 'invitation-resent')
  },
})
