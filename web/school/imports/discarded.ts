import * as mis from '#mis'
import { askFirst } from '../../ask-first.tsx'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { importName } from '../../words/pushes.ts'
import { importOf, importPath } from './import-of.ts'

/** Forgets a file, once somebody has said so twice. What was applied already stays applied. */
export const importDiscarded = schoolRoute('/school/imports/:import/discarded', 'import', {
  get: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)
    return mis.can('discard', imported) ? ask(visit, imported) : tooLate(visit, imported)
  },

  post: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)

    const refused = await mis.discard(visit.school, visit.env.FILES, imported)
    return refused
      ? tooLate(visit, imported)
      : seeOther(visit, '/school/imports', 'import-discarded')
  },
})

async function ask(visit: SchoolVisit, imported: mis.Import): Promise<Response> {
  const isBroken = await isBrokenOff(visit, imported)
  return askFirst(visit, {
    title: 'Discard this import',
    caption: importName(imported),
    before: isBroken && BROKEN_OFF,
    warning:
      'Nothing of it is applied, and all that was read from it is destroyed. Pupils and contacts stay as they are.',
    button: 'Discard it',
    action: importPath(imported, '/discarded'),
    back: isBroken ? '/school/imports' : importPath(imported),
  })
}

const BROKEN_OFF =
  'The file was not compared, and it is not kept. If somebody uploaded it a moment ago, look again in a minute. Otherwise its upload broke off: discard it, and upload the file again.'

/** Neither is there a file to say what its columns are, nor was it compared. */
const isBrokenOff = async (visit: SchoolVisit, imported: mis.Import): Promise<boolean> =>
  mis.can('map', imported) && !(await mis.columnsOf(visit.school, visit.env.FILES, imported))

const tooLate = (visit: SchoolVisit, imported: mis.Import): Response =>
  seeOther(visit, importPath(imported), 'import-was-closed')
