import * as access from '#access'
import { showDateTime } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { Button, ButtonGroup, Form, Inset, SummaryList, type SummaryRow } from '../../kit/index.ts'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { bulkExportKindWords } from '../../words/support.ts'
import { type Asked, exportAsked, exportPath } from './asked.ts'
import { Standing } from './list.tsx'

/** One request: to agree to it or not, or to fetch what was agreed to. */
export const bulkExport = operatorRoute('/operator/bulk-exports/:export', 'export-in-bulk', {
  isConfirmed: true,
  get: async (visit) => {
    const found = await exportAsked(visit)
    return found ? showExport(visit, found) : notFoundPage(visit)
  },
})

/** The page of a request, also with a word about why something could not be done. */
export async function showExport(
  visit: SchoolVisit,
  { asked, customer }: Asked,
  wrong?: string,
): Promise<Response> {
  const names = await access.namesOf(visit.directory, visit.organisation.id)
  return formPage(
    visit,
    {
      title: 'Bulk export',
      caption: customer.name,
      back: { href: '/operator/bulk-exports' },
      errors: wrong ? { form: wrong } : {},
      status: 409,
    },
    <>
      <SummaryList rows={rowsOf(visit, asked, names)} />
      <Ways visit={visit} asked={asked} />
    </>,
  )
}

function rowsOf(
  visit: SchoolVisit,
  asked: access.BulkExport,
  names: ReadonlyMap<string, string>,
): SummaryRow[] {
  const nameOf = (id: string) => names.get(id) ?? 'Somebody who has left'
  const { decidedBy, decidedAtMs, fetchedAtMs } = asked
  return [
    { key: 'What', value: bulkExportKindWords[asked.what].text },
    { key: 'Why', value: <span class="sg-typed">{asked.reason}</span> },
    {
      key: 'Asked by',
      value: `${nameOf(asked.requestedBy)}, ${showDateTime(asked.requestedAtMs)}`,
    },
    { key: 'State', value: <Standing one={asked} nowMs={visit.directory.clock.now()} /> },
    ...(decidedBy && decidedAtMs !== null
      ? [{ key: 'Decided by', value: `${nameOf(decidedBy)}, ${showDateTime(decidedAtMs)}` }]
      : []),
    ...(fetchedAtMs === null ? [] : [{ key: 'Fetched', value: showDateTime(fetchedAtMs) }]),
  ]
}

/** What this person can do about it now. */
const Ways = ({ visit, asked }: { visit: SchoolVisit; asked: access.BulkExport }) => {
  const standing = access.bulkExportStanding(asked, visit.directory.clock.now())
  const isOwn = asked.requestedBy === visit.user.id
  if (standing === 'waiting' && isOwn) {
    return <Inset>Another Administrator has to decide on it: you asked for it.</Inset>
  }
  if (standing === 'waiting') {
    return (
      <Form action={exportPath(asked, '/approval')}>
        <ButtonGroup>
          <Button>Approve</Button>
          <Button kind="warning" formaction={exportPath(asked, '/refusal')}>
            Refuse
          </Button>
        </ButtonGroup>
      </Form>
    )
  }
  if (standing !== 'ready') return null
  if (!isOwn) return <Inset>Whoever asked for it can fetch it, once, within the hour.</Inset>
  return (
    <Form action={exportPath(asked, '/file')}>
      <p class="govuk-body">
        You can fetch it once. Keep the file where nobody else can open it, and delete it as soon as
        it has served.
      </p>
      <Button>Fetch the file</Button>
    </Form>
  )
}
