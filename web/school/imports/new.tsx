import * as mis from '#mis'
import { formPage } from '../../form-page.tsx'
import type { FieldErrors } from '../../form.ts'
import { Button, Details, FileUpload, Form, Radios } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { fileProblemWords } from '../../words/import.ts'

/** Beyond the file: the form's other field and the lines between them. */
const FORM_BYTES = 50_000

type Covers = 'everyone' | 'some'

/** A file is taken in, if it can be read. Nothing on the roll changes by it yet. */
export const importNew = schoolRoute('/school/imports/new', 'import', {
  maxBodyBytes: mis.MAX_FILE_BYTES + FORM_BYTES,
  get: (visit) => show(visit, 'everyone'),

  post: async (visit) => {
    const { file, covers } = await readUpload(visit)
    if (!file) return show(visit, covers, { file: 'Choose a file' })

    const uploaded = await mis.upload(visit.school, visit.env.FILES, {
      bytes: new Uint8Array(await file.arrayBuffer()),
      fileName: file.name,
      isPartial: covers === 'some',
      dfeNumber: visit.organisation.dfeNumber,
      ourName: visit.organisation.name,
    })
    if (!uploaded.ok) return show(visit, covers, { file: fileProblemWords(uploaded.problem) })
    const path = `/school/imports/${uploaded.id}`
    return seeOther(visit, uploaded.needsMapping ? `${path}/mapping` : path)
  },
})

/** Browsers send a file without a name where none was chosen; a body that is no form holds none. */
async function readUpload({ c }: SchoolVisit): Promise<{ file: File | undefined; covers: Covers }> {
  const form = await c.req.formData().catch(() => new FormData())
  const file: unknown = form.get('file')
  const isChosen = file instanceof File && (file.name !== '' || file.size > 0)
  return {
    file: isChosen ? file : undefined,
    covers: form.get('covers') === 'some' ? 'some' : 'everyone',
  }
}

function show(visit: SchoolVisit, covers: Covers, errors: FieldErrors = {}): Promise<Response> {
  return formPage(
    visit,
    {
      title: 'Import a file',
      back: { href: '/school/imports', text: 'Imports' },
      errors,
      isWide: true,
    },
    <>
      <p class="govuk-body">
        You see what would change before anything does. What Schoolgate does not need is left out.
      </p>
      <Form action="/school/imports/new" upload>
        <FileUpload
          name="file"
          label="File from your school’s system"
          labelSize="s"
          hint="CSV, or a Common Transfer File or admissions file (XML), of up to 12 MB"
          accept=".csv,.txt,.tsv,.xml,text/csv,text/xml,application/xml"
          error={errors['file']}
        />
        <CoversChoice covers={covers} />
        <Button>Upload and check</Button>
        <p class="govuk-hint">A file of a whole school takes a few seconds.</p>
      </Form>
      <Kinds />
    </>,
  )
}

const CoversChoice = ({ covers }: { covers: Covers }) => (
  <Radios
    name="covers"
    label="Whom does the file list?"
    labelSize="s"
    value={covers}
    choices={[
      {
        value: 'everyone',
        text: 'Every pupil of the school',
        hint: 'Pupils who are missing from the file are marked as left',
      },
      {
        value: 'some',
        text: 'Some pupils only, such as new starters',
        hint: 'Everybody else stays as they are',
      },
    ]}
  />
)

const Kinds = () => (
  <Details summary="Which files can be read">
    <p class="govuk-body">
      A CSV export of Arbor, Bromcom, Progresso, RM Integris, ScholarPack, SIMS or any other system:
      one row for each pupil, or one for each contact, with headings in the first row. You say once
      what each column is; the next file with the same headings is known.
    </p>
    <p class="govuk-body">
      A Common Transfer File or Admissions Transfer File of the Department for Education, as XML.
      Spreadsheets (.xlsx) have to be saved as CSV first.
    </p>
    <p class="govuk-body">
      Exports of OneRoster (zip), Wonde and Xporter (JSON) are not uploaded here: the agent takes
      them, see Agents in the menu.
    </p>
    <p class="govuk-body">
      <a class="govuk-link" href="/school/imports/sample.csv">
        Download a sample file of invented pupils
      </a>
    </p>
  </Details>
)
