import { isRefusal, parseId } from '#kernel'
import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { may } from '../../may.ts'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { notSaved } from '../../words/mappings.ts'
import { ForAgent } from './agent-file.tsx'
import { chosen, MappingForm, named, problemsOf } from './mapping-form.tsx'

/** One saved mapping, to be changed: its name, and what its columns are. Its headings are the file's. */
export const mappingPage = schoolRoute('/school/mappings/:mapping', 'import', {
  get: async (visit) => {
    const found = await mappingOf(visit)
    return found ? show(visit, found, found, {}) : notFoundPage(visit)
  },

  post: async (visit) => {
    const found = await mappingOf(visit)
    if (!found) return notFoundPage(visit)
    const read = await readForm(visit.c, named)
    const headings = found.mapping.columns.map(({ header }) => header)
    const mapping = chosen(headings, read.typed)
    const choices = { name: read.typed['name'] ?? '', mapping }
    const errors = { ...problemsOf(mapping), ...(!read.ok && read.errors) }
    if (!read.ok || Object.keys(errors).length > 0) return show(visit, found, choices, errors)

    const record = { name: read.value.name, mapping }
    const saved = await mis.mappings.save(visit.school, record, found.id)
    if (isRefusal(saved)) return show(visit, found, choices, { name: notSaved[saved.refused] })
    return seeOther(visit, '/school/mappings', 'mapping-saved')
  },
})

/** The mapping that the path names; undefined where the school has none of that id. */
export async function mappingOf({ school, param }: SchoolVisit) {
  const id = parseId('mapping', param('mapping'))
  return id && mis.mappings.find(school, id)
}

function show(
  visit: SchoolVisit,
  saved: mis.mappings.SavedMapping,
  { name, mapping }: mis.MappingRecord,
  errors: FieldErrors,
): Promise<Response> {
  return formPage(
    visit,
    {
      title: 'Change a mapping',
      back: { href: '/school/mappings', text: 'Mappings' },
      errors,
      isWide: true,
    },
    <>
      <p class="govuk-body">
        The change counts for the next file with these headings. What was imported before stays as
        it is.
      </p>
      {may(visit.user, 'manage-agents') && <ForAgent {...saved} />}
      <MappingForm
        action={`/school/mappings/${saved.id}`}
        name={name}
        mapping={mapping}
        errors={errors}
      />
    </>,
  )
}
