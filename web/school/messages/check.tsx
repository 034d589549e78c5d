import * as messaging from '#messaging'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { showCheck } from './check-page.tsx'
import { messageOf, messagePath } from './whose.ts'

/** The last look before a message goes; also for one that was held and can go now. */
export const checkMessage = schoolRoute('/school/messages/:message/check', 'send-messages', {
  get: async (visit) => {
    const message = await messageOf(visit)
    if (!message) return notFoundPage(visit)
    if (!messaging.can('schedule', message)) return seeOther(visit, messagePath(message))
    return showCheck(visit, message)
  },
})
