import { z } from 'zod'
import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Button, ButtonGroup, Form, TextInput } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { fileProblemWords } from '../../words/import.ts'
import { ColumnChoices } from './column-choices.tsx'
import { columnName, errorsByColumn } from './column-errors.ts'
import { importOf, importPath } from './import-of.ts'

const DEFAULT_NAME = 'Pupil export'

const named = z.looseObject({
  name: z
    .string()
    .trim()
    .min(1, 'Enter a name for these choices')
    .max(mis.MAX_MAPPING_NAME, `Use ${mis.MAX_MAPPING_NAME} characters or fewer for the name`),
})

/** What each column of a CSV file is: said once, and known for the next file with these headings. */
export const importMapping = schoolRoute('/school/imports/:import/mapping', 'import', {
  get: async (visit) => {
    const found = await columnsFor(visit)
    if (!found) return elsewhere(visit)
    return show(visit, found, {
      name: found.columns.saved?.name ?? DEFAULT_NAME,
      mapping: found.columns.mapping,
    })
  },

  post: async (visit) => {
    const found = await columnsFor(visit)
    if (!found) return elsewhere(visit)
    const read = await readForm(visit.c, named)
    const mapping = chosen(found.columns.headers, read.typed)
    const choices = { name: read.typed['name'] ?? '', mapping }
    const problems = mis.checkMapping(mapping, found.columns.headers)
    const errors = {
      ...errorsByColumn(mapping, problems),
      ...(!read.ok && read.errors),
    }
    if (!read.ok || problems.length > 0) return show(visit, found, choices, errors)

    const { imported } = found
    const record = { name: read.value.name, mapping }
    const refused = await mis.chooseMapping(visit.school, visit.env.FILES, imported, record)
    if (refused && 'problem' in refused) {
      return show(visit, found, choices, { [columnName(0)]: fileProblemWords(refused.problem) })
    }
    return seeOther(visit, importPath(imported))
  },
})

type Found = { imported: mis.Import; columns: mis.Columns }
type Choices = { name: string; mapping: mis.Mapping }

/** Undefined where there is no such import, or nothing to match in it any more. */
async function columnsFor(visit: SchoolVisit): Promise<Found | undefined> {
  const imported = await importOf(visit)
  if (!imported || !mis.can('map', imported)) return undefined
  const columns = await mis.columnsOf(visit.school, visit.env.FILES, imported)
  return columns && { imported, columns }
}

/**
 * An import that is compared or closed has its own page only. One whose upload broke off before it was compared
 * has nothing to show there, and is for discarding.
 */
async function elsewhere(visit: SchoolVisit): Promise<Response> {
  const imported = await importOf(visit)
  if (!imported) return notFoundPage(visit)
  const isBroken = mis.can('map', imported)
  return seeOther(visit, importPath(imported, isBroken ? '/discarded' : ''))
}

const chosen = (
  headers: string[],
  typed: Readonly<Record<string, string | undefined>>,
): mis.Mapping => ({
  columns: headers.map((header, index) => {
    const field = typed[columnName(index)] ?? 'ignore'
    return { header, field: mis.isFieldName(field) ? field : 'ignore' }
  }),
})

function show(
  visit: SchoolVisit,
  { imported, columns }: Found,
  { name, mapping }: Choices,
  errors: FieldErrors = {},
): Promise<Response> {
  return formPage(
    visit,
    {
      title: 'Match the columns',
      caption: imported.record.fileName,
      back: { href: '/school/imports', text: 'Imports' },
      errors,
      isWide: true,
    },
    <>
      <p class="govuk-body">
        Say what each column is. What we could tell from the headings is chosen already: check it.
        Until you have, the file is kept sealed, for {mis.UNMATCHED_AFTER_HOURS} hours at most; then
        it is destroyed, and a column that was left out is stored nowhere.
      </p>
      <Form action={importPath(imported, '/mapping')}>
        <ColumnChoices {...{ columns, mapping, errors }} />
        <TextInput
          name="name"
          label="Name for these choices"
          labelSize="s"
          hint="They are used by themselves for the next file with the same headings"
          value={name}
          width={30}
          error={errors['name']}
        />
        <ButtonGroup>
          <Button>Save and check the import</Button>
          <a class="govuk-link" href={importPath(imported, '/discarded')}>
            Discard this file
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
