import * as access from '#access'
import { showShort } from '#kernel'
import { Empty, Table, Tag } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { bulkExportKindWords, bulkExportStandings } from '../../words/support.ts'

/** As many as are ever looked through; each is in the trail for six years. */
const SHOWN = 50

/** What Schoolgate took of the school's data in bulk, or asked for: why, by whom, and by whose leave. */
export async function bulkExports({ directory, school }: SchoolVisit) {
  const asked = await access.bulkExportsOf(directory, school, SHOWN)
  const people = asked.flatMap((one) => [one.requestedBy, one.decidedBy ?? []].flat())
  const names = await access.namesByIds(directory, [...new Set(people)])
  const nameOf = (id: string) => names.get(id) ?? 'Somebody who has left'
  return (
    <Table
      caption="Data that Schoolgate exported"
      columns={[
        { head: 'Asked for', cell: (one: access.BulkExport) => showShort(one.requestedAtMs) },
        { head: 'What', cell: ({ what }) => bulkExportKindWords[what].text },
        { head: 'Why', cell: ({ reason }) => <span class="sg-typed">{reason}</span> },
        { head: 'By', cell: ({ requestedBy }) => nameOf(requestedBy) },
        { head: 'Second person', cell: (one) => one.decidedBy && nameOf(one.decidedBy) },
        { head: 'State', cell: (one) => <State one={one} nowMs={directory.clock.now()} /> },
      ]}
      rows={asked}
      empty={
        <Empty heading="Nothing yet">
          Nobody of Schoolgate has asked for an export of your school’s data. It takes two of them,
          and whatever is asked for is listed here.
        </Empty>
      }
    />
  )
}

const State = ({ one, nowMs }: { one: access.BulkExport; nowMs: number }) => {
  const { text, tone } = bulkExportStandings[access.bulkExportStanding(one, nowMs)]
  return (
    <>
      <Tag tone={tone}>{text}</Tag>
      {one.fetchedAtMs !== null && ` ${showShort(one.fetchedAtMs)}`}
    </>
  )
}
