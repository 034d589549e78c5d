import * as access from '#access'
import { parseId, showShort } from '#kernel'
import * as schools from '#schools'
import { Empty, PageHeading, Table, Tag } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { bulkExportKindWords, bulkExportStandings } from '../../words/support.ts'
import { exportPath } from './asked.ts'

const PAGE = 50

/** What was asked for, of which customer, by whom, and how far it has got. */
export const bulkExportList = operatorRoute('/operator/bulk-exports', 'export-in-bulk', {
  isConfirmed: true,
  get: async (visit) => {
    const before = parseId('bulk-export', visit.c.req.query('before'))
    const found = await access.listBulkExports(visit.directory, {
      limit: PAGE + 1,
      ...(before && { before }),
    })
    const shown = found.slice(0, PAGE)
    const last = found.length > PAGE ? shown.at(-1)?.id : undefined
    return page(
      visit,
      { title: 'Bulk exports' },
      <>
        <PageHeading>Bulk exports</PageHeading>
        <p class="govuk-body">
          Nobody takes a customer’s data away alone: one Administrator asks, another agrees, and
          whoever asked fetches it once, within an hour. To ask, open the customer’s page.
        </p>
        <Requests visit={visit} shown={shown} names={await namesFor(visit, shown)} />
        {last && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/operator/bulk-exports?before=${last}`}>
              Earlier ones
            </a>
          </p>
        )}
      </>,
    )
  },
})

type Names = {
  customers: ReadonlyMap<string, string>
  people: ReadonlyMap<string, string>
}

async function namesFor(visit: SchoolVisit, shown: readonly access.BulkExport[]): Promise<Names> {
  const ids = [...new Set(shown.map(({ organisationId }) => organisationId))]
  const found = await Promise.all(ids.map((id) => schools.find(visit.directory, id)))
  return {
    customers: new Map(found.flatMap((one) => (one ? [[one.id, one.name] as const] : []))),
    people: await access.namesOf(visit.directory, visit.organisation.id),
  }
}

type RequestsProps = { visit: SchoolVisit; shown: access.BulkExport[]; names: Names }

const Requests = ({ visit, shown, names }: RequestsProps) => (
  <Table
    caption="Requests"
    columns={[
      {
        head: 'Customer',
        cell: (one: access.BulkExport) => (
          <a class="govuk-link" href={exportPath(one)}>
            {names.customers.get(one.organisationId) ?? 'No longer a customer'}
            <span class="govuk-visually-hidden">, asked {showShort(one.requestedAtMs)}</span>
          </a>
        ),
      },
      { head: 'What', cell: ({ what }) => bulkExportKindWords[what].text },
      {
        head: 'Asked by',
        cell: ({ requestedBy }) => names.people.get(requestedBy) ?? 'Somebody who has left',
      },
      { head: 'When', cell: ({ requestedAtMs }) => showShort(requestedAtMs) },
      { head: 'State', cell: (one) => <Standing one={one} nowMs={visit.directory.clock.now()} /> },
    ]}
    rows={shown}
    empty={<Empty heading="None yet">Nobody has asked for an export of a customer’s data.</Empty>}
  />
)

/** Where a request has got to. */
export const Standing = ({ one, nowMs }: { one: access.BulkExport; nowMs: number }) => {
  const { text, tone } = bulkExportStandings[access.bulkExportStanding(one, nowMs)]
  return <Tag tone={tone}>{text}</Tag>
}
