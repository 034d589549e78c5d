import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { importOf, importPath } from './import-of.ts'
import { showImport } from './show-import.tsx'

/** One file: what it would change, or what it has changed. */
export const importPage = schoolRoute('/school/imports/:import', 'import', {
  get: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)
    if (imported.state === 'uploaded') return seeOther(visit, importPath(imported, '/mapping'))
    return showImport(visit, imported)
  },
})
