import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { z } from 'zod'
import { importOf, importPath } from './import-of.ts'
import { showImport } from './show-import.tsx'

const confirmed = z.object({ confirmed: z.literal('yes') })

/** Somebody says that so many pupils, or a restricted contact, have really gone; the next page applies it. */
export const importApproval = schoolRoute('/school/imports/:import/approval', 'import', {
  post: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)
    if (!mis.can('approve', imported)) return seeOther(visit, importPath(imported))
    const read = await readForm(visit.c, confirmed)
    if (!read.ok) {
      const sentence = 'Tick the box if you have checked what this import would remove'
      return showImport(visit, imported, { status: 422, sentence, field: 'confirmed' })
    }

    const refused = await mis.approve(visit.school, imported)
    return seeOther(visit, importPath(imported), refused ? undefined : 'import-approved')
  },
})
