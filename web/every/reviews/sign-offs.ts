import { z } from 'zod'
import * as access from '#access'
import { parseId } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { everyArea } from '../../route.ts'
import { MAX_SEEN_LENGTH } from './decision.ts'
import { reviewOf, reviewsPath } from './review-of.ts'

const form = z.object({
  user: z.string().transform((text) => parseId('user', text)),
  seen: z.string().max(MAX_SEEN_LENGTH),
})

/** "Keep", pressed beside a person in the list: their access is right as it is. */
export const reviewSignOffs = everyArea('/reviews/:review/sign-offs', 'review-access', {
  post: async (visit) => {
    const review = await reviewOf(visit)
    if (!review) return notFoundPage(visit)
    const read = await readForm(visit.c, form)
    const user = read.ok ? read.value.user : undefined
    if (!read.ok || !user) return seeOther(visit, reviewsPath(visit), 'review-look-again')

    const { seen } = read.value
    const given = { user, seen, note: null, choice: { decision: 'kept' } } as const
    const refused = await access.signOff(visit.directory, visit.school, review, given)
    return seeOther(visit, reviewsPath(visit), refused ? 'review-look-again' : 'review-decided')
  },
})
