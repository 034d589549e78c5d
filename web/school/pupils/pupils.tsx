import { z } from 'zod'
import { parseId } from '#kernel'
import { firstName, type GroupKind, type PupilLine } from '#people'
import { readForm } from '../../form.ts'
import {
  ButtonLink,
  Empty,
  PageHeading,
  Pagination,
  Search,
  SearchResults,
  Select,
  Table,
} from '../../kit/index.ts'
import { may } from '../../may.ts'
import { fragment, page, wantsFragment } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { groupWords } from '../../words/people.ts'
import { askedInUrl, choose, type Chosen, PAGE, pageHref } from './chosen.ts'

const LONGEST_SEARCH = 200

const search = z.object({
  q: z.string().max(LONGEST_SEARCH).catch('').default(''),
  year: z.string().optional(),
  registration: z.string().optional(),
})

/** Every pupil on roll, to be found by typing. What is typed is posted, so that no name is in a URL. */
export const pupils = schoolRoute('/school/pupils', 'see-people', {
  get: async (visit) => show(visit, await choose(visit, askedInUrl(visit))),

  post: async (visit) => {
    const read = await readForm(visit.c, search)
    const { q, year, registration } = read.ok ? read.value : { q: '' }
    const chosen = await choose(visit, {
      words: q.trim(),
      year: parseId('group', year),
      registration: parseId('group', registration),
      page: 1,
    })
    if (wantsFragment(visit, 'results')) return fragment(visit, <Results chosen={chosen} />)
    return show(visit, chosen)
  },
})

function show(visit: SchoolVisit, chosen: Chosen): Promise<Response> {
  const { asked, total } = chosen
  const isEmpty = total === 0 && asked.words === '' && !asked.year && !asked.registration
  return page(
    visit,
    { title: 'Pupils' },
    <>
      <PageHeading actions={may(visit.user, 'import') && !isEmpty && importLink}>
        Pupils
      </PageHeading>
      {isEmpty ? <NobodyYet visit={visit} /> : <Finder chosen={chosen} />}
    </>,
  )
}

const importLink = (
  <ButtonLink href="/school/imports/new" kind="secondary">
    Import pupils
  </ButtonLink>
)

const NobodyYet = ({ visit }: { visit: SchoolVisit }) =>
  may(visit.user, 'import') ? (
    <Empty
      heading="No pupils yet"
      action={<ButtonLink href="/school/imports/new">Import pupils</ButtonLink>}
    >
      Pupils and their contacts come from your management information system, as a file you choose.
    </Empty>
  ) : (
    <Empty heading="No pupils yet">
      There are no pupils on roll whom you may see. Your Data Manager imports pupils; an
      Administrator says which year groups are yours.
    </Empty>
  )

const Finder = ({ chosen }: { chosen: Chosen }) => (
  <>
    <Search
      action="/school/pupils"
      label="Find a pupil"
      hint="Begin a name, a registration group or an admission number"
      results="pupils"
      value={chosen.asked.words}
    >
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-third">{groupSelect(chosen, 'year')}</div>
        <div class="govuk-grid-column-one-third">{groupSelect(chosen, 'registration')}</div>
      </div>
    </Search>
    <Results chosen={chosen} />
  </>
)

function groupSelect({ groups, asked }: Chosen, kind: Extract<GroupKind, 'year' | 'registration'>) {
  const offered = groups.filter((group) => group.kind === kind)
  return (
    <Select
      name={kind}
      label={groupWords[kind].one}
      prompt={groupWords[kind].every}
      options={offered.map(({ id, name }) => ({ value: id, text: name }))}
      value={asked[kind]}
    />
  )
}

const Results = ({ chosen }: { chosen: Chosen }) => {
  const { asked, total, shown, pages } = chosen
  return (
    <SearchResults id="pupils" announce={countWords(total)}>
      <p class="govuk-body">
        {countWords(total)}
        {pages === 1 &&
          total > shown.length &&
          `. These are the first ${PAGE}: type more to see the rest`}
      </p>
      <Table caption="Pupils" captionHidden columns={columns} rows={shown} empty={<Nobody />} />
      <Pagination page={asked.page} pages={pages} href={(to) => pageHref(asked, to)} of="pupils" />
    </SearchResults>
  )
}

const countWords = (total: number): string =>
  total === 0
    ? 'No pupils found'
    : total === 1
      ? '1 pupil'
      : `${total.toLocaleString('en-GB')} pupils`

const Nobody = () => (
  <Empty heading="No pupil fits">
    Check the spelling, type less of the name, or choose every year and every registration group.
  </Empty>
)

const columns = [
  {
    head: 'Name',
    cell: ({ id, record }: PupilLine) => (
      <a class="govuk-link" href={`/school/pupils/${id}`}>
        {record.surname}, {firstName(record)}
      </a>
    ),
  },
  { head: 'Year', cell: ({ yearGroup }: PupilLine) => yearGroup ?? 'None' },
  {
    head: 'Registration group',
    cell: ({ registrationGroup }: PupilLine) => registrationGroup ?? 'None',
  },
  { head: 'Admission number', cell: ({ record }: PupilLine) => record.admissionNumber ?? 'None' },
]
