import { z } from 'zod'
import * as messaging from '#messaging'
import { notFoundPage } from '../../error-pages.tsx'
import { readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { authorOf } from '../messages/whose.ts'
import { replyOf } from './reply.tsx'
import { shownReplies } from './shown.ts'

/** Marks as read those replies of a conversation that the page showed. */
export const readReply = schoolRoute('/school/replies/:reply/reading', 'read-replies', {
  post: async (visit) => {
    const reply = await replyOf(visit)
    if (!reply) return notFoundPage(visit)
    const read = await readForm(visit.c, z.object({ shown: shownReplies }))
    const shown = read.ok ? read.value.shown : []
    await messaging.read(visit.school, authorOf(visit), reply, shown)
    return seeOther(visit, '/school/replies', 'replies-read')
  },
})
