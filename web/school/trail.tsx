import * as access from '#access'
import * as audit from '#audit'
import { showShort } from '#kernel'
import { Button, Empty, Form, NotificationBanner, PageHeading, Table } from '../kit/index.ts'
import { page } from '../page.tsx'
import { schoolRoute, type SchoolVisit } from '../route.ts'

const PAGE = 50

/** Who did what, newest first; and whether the record itself is whole. */
export const trail = schoolRoute('/school/trail', 'see-trail', {
  get: (visit) => show(visit),
  post: async (visit) => {
    await audit.sealTrail(visit.school, visit.env.ANCHORS)
    return show(visit, await audit.verify(visit.school, visit.env.ANCHORS))
  },
})

async function show(visit: SchoolVisit, verdict?: audit.Verdict): Promise<Response> {
  const before = visit.c.req.query('before')
  const entries = await audit.list(visit.school, { limit: PAGE + 1, ...(before && { before }) })
  const shown = entries.slice(0, PAGE)
  const people = await access.list(visit.directory, visit.school)
  const names = new Map<string, string>(people.map((user) => [user.id, user.name]))
  const last = entries.length > PAGE ? shown.at(-1)?.id : undefined

  return page(
    visit,
    { title: 'Trail' },
    <>
      {verdict && <Verdict verdict={verdict} />}
      <PageHeading>Trail</PageHeading>
      <p class="govuk-body">
        Everything that was done in your school’s area: by whom, to what, and when. Entries are
        chained to each other, so that one that is changed, removed or added afterwards is found.
      </p>
      <p class="govuk-body">
        From where is a country and a code for the network: the same code is the same network, such
        as the school’s own. No address is kept.
      </p>
      <Form action="/school/trail">
        <Button kind="secondary">Check the trail now</Button>
      </Form>
      <Entries entries={shown} names={names} />
      {last && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/school/trail?before=${last}`}>
            Earlier entries
          </a>
        </p>
      )}
    </>,
  )
}

const Verdict = ({ verdict }: { verdict: audit.Verdict }) =>
  verdict.fault ? (
    <NotificationBanner kind="important" heading="The trail is not as it was written">
      Entry {verdict.fault.position} of the chain {faultWords[verdict.fault.kind]}. Tell support at
      once, and do not change anything.
    </NotificationBanner>
  ) : (
    <NotificationBanner kind="success" heading="The trail is whole">
      All {verdict.sealed} entries are as they were written.
    </NotificationBanner>
  )

const faultWords: Record<audit.Fault['kind'], string> = {
  missing: 'is missing',
  changed: 'was changed after it was written',
  'end-differs': 'is the last, but the end was written differently',
  'end-cut': 'is the last, but there were more',
}

type TrailEntry = Awaited<ReturnType<typeof audit.list>>[number]

const Entries = (props: { entries: TrailEntry[]; names: ReadonlyMap<string, string> }) => (
  <Table
    caption="Latest entries"
    columns={[
      { head: 'When', cell: (entry: TrailEntry) => showShort(entry.atMs) },
      { head: 'Who', cell: (entry) => props.names.get(entry.actorId) ?? machine(entry.actorId) },
      { head: 'What', cell: (entry) => sentence(entry.action) },
      { head: 'From where', cell: (entry) => entry.fromWhere && place(entry.fromWhere) },
      { head: 'To what', cell: (entry) => <code class="sg-id">{entry.subject}</code> },
      { head: 'Place', numeric: true, cell: (entry) => entry.position ?? 'not chained yet' },
    ]}
    rows={props.entries}
    empty={<Empty heading="Nothing yet">What people do in your school’s area appears here.</Empty>}
  />
)

/** `GB-3fa94c1b` as "GB, network 3fa94c1b"; where the country is not known, the network alone. */
function place(from: string): string {
  const [country, network] = [from.slice(0, 2), from.slice(3)]
  return country === 'XX' ? `Network ${network}` : `${country}, network ${network}`
}

const machine = (part: string) => `Schoolgate (${part})`

/** `message.cancelled` as "Message cancelled". */
function sentence(action: string): string {
  const words = action.replace('.', ' ').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
