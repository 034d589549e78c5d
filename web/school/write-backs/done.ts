import { parseId } from '#kernel'
import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'

/** Somebody typed it into the school's system: no agent needs to any more. */
export const writeBackDone = schoolRoute('/school/write-backs/:writeBack/done', 'mend-contacts', {
  post: async (visit) => {
    const id = parseId('write-back', visit.param('writeBack'))
    const found = id && (await mis.writeBacks.find(visit.school, id))
    if (!found) return notFoundPage(visit)
    const refused = await mis.writeBacks.doByHand(visit.school, found)
    return seeOther(
      visit,
      '/school/write-backs',
      refused ? 'write-back-was-closed' : 'write-back-done',
    )
  },
})
