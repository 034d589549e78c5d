import { showDateTime } from '#kernel'
import * as mis from '#mis'
import { SummaryList, type SummaryRow } from '../../kit/index.ts'
import { kindWords, sourceWords } from '../../words/import-pages.ts'
import { ageWords, importName, listsWords } from '../../words/pushes.ts'
import { numberIn } from './held.ts'
import type { ImportFacts } from './import-facts.ts'
import { importPath } from './import-of.ts'

/** Which file this is, who uploaded it and when, and what it says about itself. */
export const ImportSummary = ({ facts }: { facts: ImportFacts }) => (
  <SummaryList rows={rowsOf(facts).filter((row) => row !== undefined)} />
)

function rowsOf(facts: ImportFacts): (SummaryRow | undefined)[] {
  const { imported, report, approvedBy, appliedBeforeMs } = facts
  const { closedAtMs, state } = imported
  return [
    {
      key: imported.source === 'agent' ? 'Data' : 'File',
      value: <span class="sg-typed">{importName(imported)}</span>,
    },
    { key: imported.source === 'agent' ? 'Sent' : 'Uploaded', value: cameIn(facts) },
    feedRow(imported),
    exportRow(imported),
    kindRow(facts),
    schoolRow(imported),
    knownRow(imported),
    report && { key: 'Lists', value: listsWords(imported, report, areSpared(imported, report)) },
    appliedBeforeMs === null
      ? undefined
      : {
          key: 'Seen before',
          value: `This very file was applied on ${showDateTime(appliedBeforeMs)}`,
        },
    approvedBy === undefined ? undefined : { key: 'Approved', value: `By ${approvedBy}` },
    closedAtMs === null
      ? undefined
      : { key: closedWords[state] ?? 'Closed', value: showDateTime(closedAtMs) },
  ]
}

/** Whether a damaged record of people may be about whoever is missing. */
const areSpared = ({ data }: mis.Import, { rejected }: mis.Report): boolean =>
  data === 'staff' ? mis.mayBeAnyStaff(rejected) : mis.mayBeAnyPupil(rejected)

const closedWords: Partial<Record<mis.ImportState, string>> = {
  applied: 'Applied',
  discarded: 'Discarded',
  refused: 'Refused',
}

const cameIn = ({ imported: { createdAtMs }, uploadedBy }: ImportFacts): string =>
  `${showDateTime(createdAtMs)} by ${uploadedBy}`

/** What the school's own configuration of its agent calls it. */
const feedRow = ({ feed }: mis.Import): SummaryRow | undefined =>
  feed === null ? undefined : { key: 'Feed', value: <span class="sg-typed">{feed}</span> }

/** Once it is open it is known when its export was made; one that is old by then is a fault in the school. */
function exportRow({ source, state, feed, takenAtMs, createdAtMs }: mis.Import) {
  if (source !== 'agent' || state === 'received' || feed === null) return undefined
  const age = ageWords(takenAtMs, createdAtMs)
  const value = (
    <>
      Made on {showDateTime(takenAtMs)}
      {age && (
        <>
          . <strong>{age}</strong> Look at why your management information system does not write a
          new one.
        </>
      )}
    </>
  )
  return { key: 'Export', value }
}

function kindRow({ imported, report }: ImportFacts): SummaryRow {
  const value = report ? sourceWords[report.source] : kindWords[imported.kind]
  const { mappingId } = imported
  if (mappingId === null || !mis.can('apply', imported)) return { key: 'Kind', value }
  const href = `/school/mappings/${mappingId}`
  return { key: 'Kind', value, action: { text: 'See', href, hidden: 'what its columns are' } }
}

/** Shown, so that a person sees whose file it is. */
function schoolRow({ record: { school } }: mis.Import): SummaryRow | undefined {
  if (!school) return undefined
  const number = numberIn(school)
  const value = [school.name, number && `(${number})`].filter(Boolean).join(' ')
  return { key: 'School in the file', value: <span class="sg-typed">{value}</span> }
}

/** What that was compared with, and from where it is known: only so can anybody tell which of the two is wrong. */
function knownRow({ record: { known } }: mis.Import): SummaryRow | undefined {
  if (!known) return undefined
  const number = numberIn(known)
  const value =
    known.from === 'entered' ? (
      `${number}, as Schoolgate entered it for your school. Where it is not right, ask Schoolgate to change it.`
    ) : (
      <>
        {number}, as{' '}
        <a class="govuk-link" href={importPath({ id: known.from })}>
          an earlier import
        </a>{' '}
        said
      </>
    )
  return { key: 'Your school’s number', value }
}
