import * as agents from '#agents'
import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { applyRefusals } from '../../words/import-pages.ts'
import { importOf, importPath } from './import-of.ts'
import { showImport } from './show-import.tsx'

/** Applies an import that was looked at. A second press finds it done, and says that. */
export const importApplied = schoolRoute('/school/imports/:import/applied', 'import', {
  // Where a browser comes back to after its page could not be applied.
  get: async (visit) => {
    const imported = await importOf(visit)
    return imported ? seeOther(visit, importPath(imported)) : notFoundPage(visit)
  },

  post: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)

    const refused = await mis.apply(visit.school, visit.env.FILES, imported)
    // What waited for an approval was no night's data until now.
    if (!refused) await agents.noteNight(visit.directory, imported)
    if (!refused) return seeOther(visit, importPath(imported), 'import-applied')
    if (refused.refused === 'already-applied')
      return seeOther(visit, importPath(imported), 'import-was-applied')
    const now = (await mis.find(visit.school, imported.id)) ?? imported
    return showImport(visit, now, { status: 409, sentence: applyRefusals[refused.refused] })
  },
})
