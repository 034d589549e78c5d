import { z } from 'zod'
import { parseId } from '#kernel'
import * as messaging from '#messaging'
import { notFoundPage } from '../../error-pages.tsx'
import { readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { authorOf } from '../messages/whose.ts'
import { replyOf } from './reply.tsx'

/** Marks a conversation as read, up to the newest reply that the page showed. */
export const readReply = schoolRoute('/school/replies/:reply/reading', 'read-replies', {
  post: async (visit) => {
    const reply = await replyOf(visit)
    if (!reply) return notFoundPage(visit)
    const read = await readForm(visit.c, z.object({ upTo: z.string().catch('') }))
    const author = authorOf(visit)
    const id = parseId('reply', read.ok ? read.value.upTo : undefined)
    const shown = id && (await messaging.findReply(visit.school, author, id))
    const isOfThread = shown !== undefined && messaging.isSameThread(shown, reply)
    await messaging.read(visit.school, author, isOfThread ? shown : reply)
    return seeOther(visit, '/school/replies', 'replies-read')
  },
})
