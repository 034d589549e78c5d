import * as access from '#access'
import { isRefusal, parseId } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'

/** The school sends support out of its area, now. */
export const supportEnd = schoolRoute('/school/support/:access/end', 'see-support', {
  post: async (visit) => {
    const { directory, school } = visit
    const id = parseId('support-access', visit.param('access'))
    const [found] = id ? await access.supportAccessesByIds(directory, school, [id]) : []
    if (!id || !found) return notFoundPage(visit)

    const refusal = await access.endSupport(directory, school, id)
    return seeOther(
      visit,
      '/school/support',
      isRefusal(refusal) ? 'support-was-over' : 'support-ended',
    )
  },
})
