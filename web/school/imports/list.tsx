import * as access from '#access'
import { showShort } from '#kernel'
import * as mis from '#mis'
import { ButtonLink, Empty, PageHeading, Table, Tag } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { countOf, importStates } from '../../words-import-pages.ts'
import { importPath } from './import-of.ts'

/** The files that were uploaded lately, and what became of them. */
export const importList = schoolRoute('/school/imports', 'import', {
  get: async (visit) => {
    const [imports, users] = await Promise.all([
      mis.list(visit.school),
      access.list(visit.directory, visit.school),
    ])
    const names = new Map<string, string>(users.map((user) => [user.id, user.name]))
    return page(
      visit,
      { title: 'Imports' },
      <>
        <PageHeading actions={imports.length > 0 && upload}>Imports</PageHeading>
        <Imports imports={imports} names={names} />
      </>,
    )
  },
})

const upload = <ButtonLink href="/school/imports/new">Import a file</ButtonLink>

const Imports = (props: { imports: mis.Import[]; names: ReadonlyMap<string, string> }) => (
  <Table
    caption="Latest files"
    rows={props.imports}
    columns={[
      { head: 'File', cell: (each: mis.Import) => <FileLink imported={each} /> },
      { head: 'Uploaded', cell: ({ createdAtMs }) => showShort(createdAtMs) },
      { head: 'By', cell: ({ createdBy }) => props.names.get(createdBy) ?? 'Schoolgate' },
      {
        head: 'State',
        cell: ({ state }) => <Tag tone={importStates[state].tone}>{importStates[state].words}</Tag>,
      },
      { head: 'Changes', cell: ({ counts }) => (counts ? inShort(counts) : 'Not compared yet') },
    ]}
    empty={<NoneYet />}
  />
)

const FileLink = ({ imported }: { imported: mis.Import }) => (
  <a class="govuk-link sg-typed" href={importPath(imported)}>
    {imported.record.fileName}
  </a>
)

const NoneYet = () => (
  <Empty heading="No files yet" action={upload}>
    <p class="govuk-body">
      Pupils and their contacts come from your school’s own system: export them there as a CSV file
      or a Common Transfer File, and upload that here. You see what would change before anything
      does.
    </p>
    <p class="govuk-body">
      To try it out first,{' '}
      <a class="govuk-link" href="/school/imports/sample.csv" download>
        download a sample file of invented pupils
      </a>
      .
    </p>
  </Empty>
)

/** "12 new, 3 changed, 1 left": what is nothing is not said. */
function inShort(counts: mis.Counts): string {
  if (mis.changesNothing(counts)) return 'Nothing to change'
  const { pupils, contacts } = counts
  const said: [number, string][] = [
    [pupils.added, 'new'],
    [pupils.changed, 'changed'],
    [pupils.leaving, 'left'],
    [pupils.returning, 'returned'],
  ]
  const parts = said.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  const people = contacts.added + contacts.changed + contacts.leaving
  return (
    [
      parts.length > 0 ? `Pupils: ${parts.join(', ')}` : undefined,
      people > 0 ? countOf(people, 'contact') : undefined,
    ]
      .filter(Boolean)
      .join('; ') || 'Restrictions only'
  )
}
