import * as messaging from '#messaging'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { messageOf, messagePath } from './whose.ts'

/** Stops a scheduled message. If it has just left, its page says so instead. */
export const cancelMessage = schoolRoute(
  '/school/messages/:message/cancellation',
  'send-messages',
  {
    post: async (visit) => {
      const message = await messageOf(visit)
      if (!message) return notFoundPage(visit)
      const refusal = await messaging.cancel(visit.school, message)
      return seeOther(visit, messagePath(message), refusal ? 'message-left' : 'message-cancelled')
    },
  },
)
