import { z } from 'zod'
import * as access from '#access'
import * as audit from '#audit'
import * as people from '#people'
import { readForm } from '../../form.ts'
import { BackLink, Empty, PageHeading, Search, SearchResults, Table } from '../../kit/index.ts'
import { fragment, page, seeOther, wantsFragment } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { personWords } from '../../words/people.ts'
import { fieldsOf, idIn, type Looked, lookedFor, queryOf } from './filter.ts'
import { pathOf } from './trail.tsx'

/** Found people shown; a longer name finds fewer. */
const MAX_FOUND = 20
const LONGEST_SEARCH = 200

const form = z.object({ q: z.string().max(LONGEST_SEARCH).catch('').default('') })

/**
 * Finds the person or the thing that entries of the trail are about. The name that is typed is posted, so that it
 * stands in no URL; what comes of it is an id.
 */
export const trailSubject = everyArea('/trail/subject', 'see-trail', {
  get: (visit) =>
    show(
      visit,
      lookedFor((name) => visit.c.req.query(name)),
      '',
      [],
    ),

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    const looked = lookedFor((name) => read.typed[name])
    const typed = read.ok ? read.value.q.trim() : ''
    const id = idIn(typed)
    if (id !== '') return seeOther(visit, pathOf(visit) + queryOf(looked, { subject: id }))

    const found = await foundBy(visit, typed)
    if (!wantsFragment(visit, 'results')) return show(visit, looked, typed, found)
    return fragment(visit, <Found {...{ visit, looked, typed, found }} />)
  },
})

type Someone = { id: string; name: string; kind: string }

async function foundBy({ school, directory, organisation }: SchoolVisit, typed: string) {
  if (typed === '') return []
  const [users, others] = await Promise.all([
    access.list(directory, school),
    organisation.kind === 'school' ? people.everyoneNamed(school, typed, { limit: MAX_FOUND }) : [],
  ])
  const found: Someone[] = [
    ...users
      .filter(({ name }) => people.isNamed(name, typed))
      .map(({ id, name }) => ({ id, name, kind: 'User' })),
    ...others.map((one) => ({
      id: one.id,
      name: one.name,
      kind: one.kind === 'pupil' && one.hasLeft ? 'Pupil who has left' : personWords[one.kind],
    })),
  ].slice(0, MAX_FOUND)
  if (found.length > 0) {
    await audit.listed(school, 'people.found', { people: found.length })
  }
  return found
}

function show(visit: SchoolVisit, looked: Looked, typed: string, found: Someone[]) {
  const path = pathOf(visit)
  return page(
    visit,
    { title: 'Find entries', before: <BackLink href={path + queryOf(looked)} text="Trail" /> },
    <>
      <PageHeading>Find what was done to one person or thing</PageHeading>
      <Search
        action={`${path}/subject`}
        label="Name or id"
        hint="Begin a name, or paste an id such as one that support gave you"
        results="found"
        value={typed}
        hidden={fieldsOf(looked)}
      />
      <Found {...{ visit, looked, typed, found }} />
    </>,
  )
}

type FoundProps = { visit: SchoolVisit; looked: Looked; typed: string; found: Someone[] }

const Found = ({ visit, looked, typed, found }: FoundProps) => (
  <SearchResults id="found" announce={`${found.length} found`}>
    {typed !== '' && (
      <Table
        caption={found.length === MAX_FOUND ? `The first ${MAX_FOUND} found` : 'Found'}
        columns={[
          {
            head: 'Name',
            cell: ({ id, name }: Someone) => (
              <a class="govuk-link" href={pathOf(visit) + queryOf(looked, { subject: id })}>
                {name}
                <span class="govuk-visually-hidden">: entries about them</span>
              </a>
            ),
          },
          { head: 'Who they are', cell: ({ kind }) => kind },
        ]}
        rows={found}
        empty={
          <Empty heading="Nobody found">
            Check the spelling, or type less of the name. Whoever was erased has no name here.
          </Empty>
        }
      />
    )}
  </SearchResults>
)
