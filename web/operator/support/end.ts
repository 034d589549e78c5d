import * as access from '#access'
import { callerOf } from '../../caller.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute } from '../../route.ts'

/** Out of the customer's area again. Anybody of the operator may leave: a review that is overdue keeps nobody in. */
export const supportLeft = operatorRoute('/operator/support/end', 'see-home', {
  post: async (visit) => {
    const { support } = visit.standing
    if (support) await access.leaveSupport(visit.directory, support, callerOf(visit))
    return seeOther(visit, '/operator', 'support-left')
  },
})
