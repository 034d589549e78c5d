import { showShort } from '#kernel'
import * as mis from '#mis'
import { BackLink, ButtonLink, Details, Empty, PageHeading, Table } from '../../kit/index.ts'
import { may } from '../../may.ts'
import { page } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { fieldWords } from '../../words/import.ts'
import { fileNameOf } from './agent-file.tsx'

const EXAMPLE = fileNameOf('SIMS nightly')

type Saved = mis.mappings.SavedMapping

/** What the columns of the school's CSV files mean, as it was saved, and what is known of suppliers' exports. */
export const mappingList = schoolRoute('/school/mappings', 'import', {
  get: async (visit) => {
    const saved = await mis.mappings.list(visit.school)
    return page(
      visit,
      { title: 'Mappings', before: <BackLink href="/school/imports" text="Imports" /> },
      <>
        <PageHeading actions={saved.length > 0 && add}>Mappings</PageHeading>
        <p class="govuk-body">
          A mapping says what each column of a CSV file is. A file with the same headings uses it by
          itself. So that the agent reads such a file too, download the mapping, put it beside the
          agent’s configuration, and name it there: “mapping”: “{EXAMPLE}”.
        </p>
        <Table
          caption="Saved mappings"
          columns={columnsFor(visit)}
          rows={saved}
          empty={<NoneYet />}
        />
        <Templates />
      </>,
    )
  },
})

const add = <ButtonLink href="/school/mappings/new">Add a mapping</ButtonLink>

const NoneYet = () => (
  <Empty heading="No mappings yet" action={add}>
    One is saved when you match the columns of your first CSV file. You can also add one beforehand.
  </Empty>
)

const forAgent = {
  head: 'For the agent',
  cell: ({ id, name }: Saved) => (
    <a class="govuk-link" href={`/school/mappings/${id}/agent.json`}>
      Download<span class="govuk-visually-hidden"> {name} for the agent</span>
    </a>
  ),
}

const columnsFor = ({ user }: SchoolVisit) => [
  {
    head: 'Name',
    cell: ({ id, name }: Saved) => (
      <a class="govuk-link" href={`/school/mappings/${id}`}>
        {name}
      </a>
    ),
  },
  { head: 'Columns', cell: ({ mapping }: Saved) => mapping.columns.length, numeric: true },
  {
    head: 'Used',
    cell: ({ mapping }: Saved) => mapping.columns.filter(({ field }) => field !== 'ignore').length,
    numeric: true,
  },
  { head: 'Changed', cell: ({ changedAtMs }: Saved) => showShort(changedAtMs) },
  ...(may(user, 'manage-agents') ? [forAgent] : []),
  {
    head: 'Remove',
    headHidden: true,
    cell: ({ id, name }: Saved) => (
      <a class="govuk-link" href={`/school/mappings/${id}/removal`}>
        Remove<span class="govuk-visually-hidden"> {name}</span>
      </a>
    ),
  },
]

const Templates = () => (
  <>
    <h2 class="govuk-heading-m">Templates</h2>
    <p class="govuk-body">
      These are the headings that suppliers’ own exports usually have. A file that fits one is
      matched by it, and you check it before anything is stored.
    </p>
    {mis.TEMPLATES.map(({ supplier, columns: known }) => (
      <Details summary={supplier}>
        <ul class="govuk-list">
          {Object.entries(known).map(([header, field]) => (
            <li>
              <span class="sg-typed">{header}</span>: {fieldWords(field)}
            </li>
          ))}
        </ul>
        <a
          class="govuk-link"
          href={`/school/mappings/new?template=${encodeURIComponent(supplier)}`}
        >
          Begin with the {supplier} template
        </a>
      </Details>
    ))}
  </>
)
