import { showShort } from '#kernel'
import * as mis from '#mis'
import { ButtonLink, Empty, PageHeading, Table, Tag } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { importStates, REPLACED } from '../../words/import-pages.ts'
import { importName } from '../../words/pushes.ts'
import { inShort } from './in-short.ts'
import { importPath } from './import-of.ts'
import { sendersOf } from './senders.ts'

/** What was uploaded or sent by the agent lately, and what became of it. */
export const importList = schoolRoute('/school/imports', 'import', {
  get: async (visit) => {
    const [imports, sentBy] = await Promise.all([mis.list(visit.school), sendersOf(visit)])
    return page(
      visit,
      { title: 'Imports' },
      <>
        <PageHeading actions={imports.length > 0 && upload}>Imports</PageHeading>
        <Imports imports={imports} sentBy={sentBy} />
        <p class="govuk-body">
          <a class="govuk-link" href="/school/mappings">
            What the columns of your CSV files mean
          </a>
        </p>
      </>,
    )
  },
})

const upload = <ButtonLink href="/school/imports/new">Import a file</ButtonLink>

const Imports = (props: { imports: mis.Import[]; sentBy: (imported: mis.Import) => string }) => (
  <Table
    caption="Latest imports"
    rows={props.imports}
    columns={[
      { head: 'File or data', cell: (each: mis.Import) => <FileLink imported={each} /> },
      { head: 'Came in', cell: ({ createdAtMs }) => showShort(createdAtMs) },
      { head: 'From', cell: (each) => [props.sentBy(each), each.feed].filter(Boolean).join(', ') },
      {
        head: 'State',
        cell: (each) => <StateTag imported={each} />,
      },
      { head: 'Changes', cell: (each) => changesOf(each) },
    ]}
    empty={<NoneYet />}
  />
)

const FileLink = ({ imported }: { imported: mis.Import }) => (
  <a class="govuk-link sg-typed" href={importPath(imported)}>
    {importName(imported)}
  </a>
)

const StateTag = ({ imported: { state, record } }: { imported: mis.Import }) => {
  const { tone, words } = record.replacedBy ? REPLACED : importStates[state]
  return <Tag tone={tone}>{words}</Tag>
}

const NoneYet = () => (
  <Empty heading="No files yet" action={upload}>
    <p class="govuk-body">
      Pupils and their contacts come from your school’s own system: export them there as a CSV file
      or a Common Transfer File, and upload that here. You see what would change before anything
      does.
    </p>
    <p class="govuk-body">
      To try it out first,{' '}
      <a class="govuk-link" href="/school/imports/sample.csv">
        download a sample file of invented pupils
      </a>
      .
    </p>
  </Empty>
)

const changesOf = ({ state, counts }: mis.Import): string => {
  if (state === 'refused' || state === 'discarded') return 'Nothing was changed'
  return counts ? inShort(counts, state === 'applied') : 'Not compared yet'
}
