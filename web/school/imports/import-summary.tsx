import { showDateTime } from '#kernel'
import * as mis from '#mis'
import { SummaryList, type SummaryRow } from '../../kit/index.ts'
import { kindWords, sourceWords } from '../../words-import-pages.ts'
import { importName } from '../../words-pushes.ts'
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
    kindRow(facts),
    schoolRow(imported),
    report && {
      key: 'Lists',
      value: report.isFull
        ? 'Every pupil of the school: those who are missing are marked as left'
        : 'Some pupils only: everybody else stays as they are',
    },
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

const closedWords: Partial<Record<mis.ImportState, string>> = {
  applied: 'Applied',
  discarded: 'Discarded',
  refused: 'Refused',
}

const cameIn = ({ imported: { createdAtMs, takenAtMs }, uploadedBy }: ImportFacts): string =>
  takenAtMs === null
    ? `${showDateTime(createdAtMs)} by ${uploadedBy}`
    : `${showDateTime(createdAtMs)} by ${uploadedBy}, as it was on ${showDateTime(takenAtMs)}`

function kindRow({ imported, report }: ImportFacts): SummaryRow {
  const value = report ? sourceWords[report.source] : kindWords[imported.kind]
  if (imported.kind !== 'csv' || !mis.can('map', imported)) return { key: 'Kind', value }
  const href = importPath(imported, '/mapping')
  return { key: 'Kind', value, action: { text: 'Change', href, hidden: 'what the columns are' } }
}

/** Not compared with the school's own numbers yet: shown, so that a person sees whose file it is. */
function schoolRow({ record: { school } }: mis.Import): SummaryRow | undefined {
  if (!school) return undefined
  const number = [school.laCode, school.establishment].filter(Boolean).join(' ')
  const value = [school.name, number && `(${number})`].filter(Boolean).join(' ')
  return { key: 'School in the file', value: <span class="sg-typed">{value}</span> }
}
