import * as messaging from '#messaging'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { messageOf, messagePath } from './whose.ts'

/** Throws a draft away. */
export const discardMessage = schoolRoute('/school/messages/:message/discard', 'send-messages', {
  post: async (visit) => {
    const message = await messageOf(visit)
    if (!message) return notFoundPage(visit)
    const refusal = await messaging.discard(visit.school, message)
    if (refusal) return seeOther(visit, messagePath(message), 'message-left')
    return seeOther(visit, '/school/messages', 'message-discarded')
  },
})
