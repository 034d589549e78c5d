import { z } from 'zod'
import { isRefusal } from '#kernel'
import * as mis from '#mis'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Button, Form, Select, Textarea } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { headingsProblem, notSaved } from '../../words/mappings.ts'
import { chosen, MappingForm, named, problemsOf } from './mapping-form.tsx'

const PATH = '/school/mappings/new'
const suppliers = mis.TEMPLATES.map(({ supplier }) => supplier)

const supplierOf = (text: string | undefined) => suppliers.find((one) => one === text)

const begun = z.looseObject({
  headings: z.string().catch('').default(''),
  template: z.string().optional(),
  step: z.string().optional(),
})

/** A mapping before its first file: the headings first, then what each column is. */
export const mappingNew = schoolRoute('/school/mappings/new', 'import', {
  get: (visit) => askHeadings(visit, '', visit.c.req.query('template')),

  post: async (visit) => {
    const read = await readForm(visit.c, begun)
    const { headings: typed = '', template, step } = read.typed
    const found = mis.mappings.readHeadings(typed)
    // What was pasted below the first row may be pupils, and is not sent back: pages are printed.
    const first = firstLine(typed)
    if (!found.ok) {
      const kept = found.problem === 'a-row-of-data' ? '' : first
      return askHeadings(visit, kept, template, headingsProblem(found.problem, found.columns))
    }
    if (step !== 'columns') {
      const mapping = mis.mappings.begin(found.headings, supplierOf(template))
      return askColumns(visit, first, { name: template ?? '', mapping }, {})
    }
    return save(visit, first, chosen(found.headings, read.typed), read.typed['name'])
  },
})

const firstLine = (typed: string): string => typed.trim().split(/\r?\n/)[0] ?? ''

async function save(
  visit: SchoolVisit,
  headings: string,
  mapping: mis.Mapping,
  typedName: string | undefined,
): Promise<Response> {
  const name = named.safeParse({ name: typedName })
  const nameError = name.success ? {} : { name: name.error.issues[0]?.message ?? '' }
  const errors = { ...problemsOf(mapping), ...nameError }
  const choices = { name: typedName ?? '', mapping }
  if (!name.success || Object.keys(errors).length > 0)
    return askColumns(visit, headings, choices, errors)

  const saved = await mis.mappings.save(visit.school, { name: name.data.name, mapping })
  if (isRefusal(saved))
    return askColumns(visit, headings, choices, { name: notSaved[saved.refused] })
  return seeOther(visit, '/school/mappings', 'mapping-saved')
}

const back = { href: '/school/mappings', text: 'Mappings' }

function askHeadings(
  visit: SchoolVisit,
  typed: string,
  template: string | undefined,
  error?: string,
): Promise<Response> {
  return formPage(
    visit,
    {
      title: 'Add a mapping',
      back,
      errors: error ? { headings: error } : {},
      isWide: true,
    },
    <Form action={PATH}>
      <Textarea
        name="headings"
        label="Headings"
        labelSize="s"
        hint="Copy the first row of your export, from the file or from a spreadsheet. Do not copy any pupils"
        value={typed}
        error={error}
      />
      <Select
        name="template"
        label="Where the export comes from"
        labelSize="s"
        prompt="Another system"
        options={suppliers.map((value) => ({ value, text: value }))}
        value={supplierOf(template)}
      />
      <Button>Go on</Button>
    </Form>,
  )
}

function askColumns(
  visit: SchoolVisit,
  headings: string,
  { name, mapping }: mis.MappingRecord,
  errors: FieldErrors,
): Promise<Response> {
  return formPage(
    visit,
    { title: 'Add a mapping', back, errors, isWide: true },
    <>
      <p class="govuk-body">
        Say what each column is. What we could tell from the headings is chosen already: check it. A
        column that is left out is not stored.
      </p>
      <MappingForm
        action={PATH}
        hidden={{ step: 'columns', headings }}
        name={name}
        mapping={mapping}
        errors={errors}
      />
    </>,
  )
}
