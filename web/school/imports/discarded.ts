import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { importOf, importPath } from './import-of.ts'

/** Forgets a file. What was applied already stays applied, and its page says so. */
export const importDiscarded = schoolRoute('/school/imports/:import/discarded', 'import', {
  post: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)

    const refused = await mis.discard(visit.school, visit.env.FILES, imported)
    if (refused) return seeOther(visit, importPath(imported))
    return seeOther(visit, '/school/imports', 'import-discarded')
  },
})
