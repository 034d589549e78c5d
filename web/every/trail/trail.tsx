import * as audit from '#audit'
import { parseId } from '#kernel'
import type { FieldErrors } from '../../form.ts'
import {
  Button,
  ButtonLink,
  Details,
  ErrorSummary,
  FilterLayout,
  Form,
  PageHeading,
} from '../../kit/index.ts'
import { mayHere } from '../../may.ts'
import { page, seeOther } from '../../page.tsx'
import { areaOf } from '../../area.ts'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { Entries } from './entries.tsx'
import { errorsOf, filterOf, type Looked, lookedFor, queryOf } from './filter.ts'
import { type Line, linesOf } from './lines.ts'
import { type Choices, choicesFor, TrailFilter, withoutRemoved } from './trail-filter.tsx'

const PAGE = 50

/** Who did what, newest first, narrowed by person, by what was done and to what, and by days. */
export const trail = everyArea('/trail', 'see-trail', {
  get: async (visit) => {
    const asked = (name: string) => visit.c.req.query(name)
    const looked = lookedFor(asked)
    const narrower = withoutRemoved(looked, asked('remove'), pathOf(visit))
    if (narrower !== undefined) return seeOther(visit, narrower)
    return show(visit, looked, parseId('entry', asked('before')))
  },
})

/** "/school/trail" */
export const pathOf = ({ organisation }: SchoolVisit): string => `${areaOf(organisation)}/trail`

async function show(visit: SchoolVisit, looked: Looked, before?: string): Promise<Response> {
  const { school } = visit
  const errors = errorsOf(looked)
  const hasErrors = Object.keys(errors).length > 0
  const [found, choices] = await Promise.all([
    audit.list(school, { ...filterOf(looked), limit: PAGE + 1, before }),
    choicesFor(visit, looked),
  ])
  const shown = found.slice(0, PAGE)
  const lines = await linesOf(visit, shown)
  await audit.listed(school, 'trail.viewed', { entries: shown.length })
  const next = found.length > PAGE ? shown.at(-1)?.id : undefined
  return page(
    visit,
    { title: 'Trail', status: hasErrors ? 422 : 200, hasErrors },
    <Body {...{ visit, looked, errors, choices, lines, before, next }} />,
  )
}

type BodyProps = {
  visit: SchoolVisit
  looked: Looked
  errors: FieldErrors
  choices: Choices
  lines: Line[]
  before: string | undefined
  next: string | undefined
}

const Body = ({ visit, looked, errors, choices, lines, before, next }: BodyProps) => {
  const path = pathOf(visit)
  const find = (
    <p class="govuk-body">
      <a class="govuk-link" href={`${path}/subject${queryOf(looked)}`}>
        Find what was done to one person or thing
      </a>
    </p>
  )
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading actions={<Actions visit={visit} looked={looked} />}>Trail</PageHeading>
      <p class="govuk-body">
        Everything that was done in your area: by whom, to what, when and from where. Nobody can
        change it, and what is changed in secret is found.
      </p>
      <FromWhere />
      <FilterLayout
        filter={<TrailFilter action={path} {...{ looked, choices, errors }} more={find} />}
      >
        <Entries lines={lines} caption={captionOf(lines, before, next)} trail={path} />
        <Pages path={path} looked={looked} before={before} next={next} />
      </FilterLayout>
    </>
  )
}

const Actions = ({ visit, looked }: { visit: SchoolVisit; looked: Looked }) => (
  <>
    <Form action={`${pathOf(visit)}/verification`}>
      <Button kind="secondary">Check the trail now</Button>
    </Form>
    {mayHere(visit.user, visit.organisation.kind, 'export-trail') && (
      <ButtonLink href={`${pathOf(visit)}/export${queryOf(looked)}`} kind="secondary">
        Download as CSV
      </ButtonLink>
    )}
  </>
)

const FromWhere = () => (
  <Details summary="What “from where” says">
    A country and a code for the network: the same code is the same network, such as your own. No
    address is kept.
  </Details>
)

function captionOf(lines: readonly Line[], before?: string, next?: string): string {
  const count = `${lines.length} ${lines.length === 1 ? 'entry' : 'entries'}`
  if (before === undefined && next === undefined) return `${count}, newest first`
  return before === undefined ? `The newest ${count}` : `${count} before those, newest first`
}

const Pages = (props: {
  path: string
  looked: Looked
  before: string | undefined
  next: string | undefined
}) => (
  <p class="govuk-body">
    {props.before && (
      <a class="govuk-link" href={props.path + queryOf(props.looked)}>
        Newest entries
      </a>
    )}{' '}
    {props.next && (
      <a class="govuk-link" href={props.path + queryOf(props.looked, { before: props.next })}>
        Earlier entries
      </a>
    )}
  </p>
)
