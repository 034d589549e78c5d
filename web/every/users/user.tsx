import * as audit from '#audit'
import { notFoundPage } from '../../error-pages.tsx'
import { everyArea } from '../../route.ts'
import { showUser } from './show-user.tsx'
import { userOf } from './whose.ts'

/** One user: what they may do, and what can be done about it. */
export const user = everyArea('/users/:user', 'end-access', {
  get: async (visit) => {
    const found = await userOf(visit)
    if (!found) return notFoundPage(visit)
    await audit.viewed(visit.school, 'user.viewed', [found.id])
    return showUser(visit, found)
  },
})
