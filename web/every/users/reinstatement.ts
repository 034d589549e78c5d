import * as access from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { everyArea } from '../../route.ts'
import { userRefusals } from '../../words/users.ts'
import { showUser } from './show-user.tsx'
import { presentUserOf, userPath } from './whose.ts'

/** Opens a suspended account again. */
export const userReinstatement = everyArea('/users/:user/reinstatement', 'manage-users', {
  isConfirmed: true,
  post: async (visit) => {
    const user = await presentUserOf(visit)
    if (!user) return notFoundPage(visit)
    const refusal = await access.reinstate(visit.directory, visit.school, user.id)
    if (isRefusal(refusal)) return showUser(visit, user, userRefusals[refusal.refused])
    return seeOther(visit, userPath(visit, user.id), 'user-reinstated')
  },
})
