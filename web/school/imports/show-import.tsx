import * as mis from '#mis'
import { BackLink, ErrorSummary, Inset, NotificationBanner, PageHeading } from '../../kit/index.ts'
import { may } from '../../may.ts'
import { page, type PageOptions } from '../../page.tsx'
import type { SchoolVisit } from '../../route.ts'
import { importName, pushProblems } from '../../words/pushes.ts'
import { Approval, Choices, Discard, Finish } from './choices.tsx'
import { ImportCounts } from './import-counts.tsx'
import { type ImportFacts, factsOf } from './import-facts.ts'
import { ImportSummary } from './import-summary.tsx'
import { Newer, Overtaken, Replaced } from './overtaken.tsx'
import { ReportTables } from './report-tables.tsx'

/** A word about why what was asked for was not done. */
export type Trouble = { status: PageOptions['status']; sentence: string; field?: string }

/** An import that has been compared, applied or discarded, with what was found in its file. */
export async function showImport(
  visit: SchoolVisit,
  imported: mis.Import,
  trouble?: Trouble,
): Promise<Response> {
  const facts = await factsOf(visit, imported)
  const title = imported.record.replacedBy ? 'Import replaced' : titles[imported.state]
  return page(
    visit,
    {
      title,
      status: trouble?.status ?? 200,
      hasErrors: trouble?.field !== undefined,
      before: <BackLink href="/school/imports" text="Imports" />,
    },
    <>
      {trouble && <TroubleBanner trouble={trouble} />}
      <PageHeading caption={importName(imported)}>{title}</PageHeading>
      <WhatNow facts={facts} trouble={trouble} />
      <ImportSummary facts={facts} />
      {imported.counts && (
        <ImportCounts
          counts={imported.counts}
          data={imported.data}
          isDone={imported.state === 'applied'}
        />
      )}
      <Report facts={facts} mayExport={may(visit.user, 'export-import')} />
    </>,
  )
}

const titles: Record<mis.ImportState, string> = {
  uploaded: 'Match the columns',
  received: 'Being read',
  refused: 'Could not be read',
  previewed: 'Check the import',
  held: 'Check the import',
  applied: 'Import applied',
  discarded: 'Import discarded',
}

const TroubleBanner = ({ trouble: { field, sentence } }: { trouble: Trouble }) =>
  field === undefined ? (
    <NotificationBanner kind="important">{sentence}</NotificationBanner>
  ) : (
    <ErrorSummary errors={[{ field, message: sentence }]} />
  )

/** The choices come before the lists: whoever has looked a hundred times need not scroll. */
const WhatNow = ({ facts, trouble }: { facts: ImportFacts; trouble: Trouble | undefined }) => {
  const { imported, overtakenBy } = facts
  if (overtakenBy && imported.state !== 'refused') {
    return (
      <Overtaken by={overtakenBy}>
        <Discard facts={facts} />
      </Overtaken>
    )
  }
  if (imported.state === 'held')
    return <Approval facts={facts} error={trouble?.field && trouble.sentence} />
  if (imported.state === 'received') {
    return <p class="govuk-body">What the agent sent is being read. Look again in a minute.</p>
  }
  if (imported.state === 'refused') {
    return (
      <>
        <Inset>
          Nothing of it was used. {imported.refusedBecause && pushProblems[imported.refusedBecause]}
        </Inset>
        {overtakenBy && <Newer by={overtakenBy} />}
      </>
    )
  }
  if (imported.state === 'discarded') {
    const { replacedBy } = imported.record
    if (replacedBy) return <Replaced by={replacedBy} />
    return (
      <p class="govuk-body">Nothing was changed, and what was read from the file is destroyed.</p>
    )
  }
  if (!imported.counts) return null
  if (imported.state === 'applied' && mis.changesNothing(imported.counts)) {
    return (
      <p class="govuk-body">
        <strong>Nothing was changed.</strong> Everything that it says was known already.
      </p>
    )
  }
  if (imported.state !== 'previewed') return null
  return mis.changesNothing(imported.counts) ? <Finish facts={facts} /> : <Choices facts={facts} />
}

const Report = ({ facts, mayExport }: { facts: ImportFacts; mayExport: boolean }) => {
  const { imported, report } = facts
  if (report) return <ReportTables {...{ facts, mayExport }} />
  if (imported.state !== 'applied') return null
  return (
    <p class="govuk-body" id="report">
      What each pupil and contact was before is kept for {mis.REPORT_KEPT_DAYS} days only, and has
      been destroyed since.
    </p>
  )
}
