import type { Push } from '#agents'
import { type ImportId, showShort } from '#kernel'
import * as mis from '#mis'
import { Empty, Table } from '../../kit/index.ts'
import { pushStateWords, whichWords } from '../../words/agents.ts'
import { importStates, REPLACED } from '../../words/import-pages.ts'
import { dataWords, pushProblems } from '../../words/pushes.ts'
import type { SchoolVisit } from '../../route.ts'
import { importPath } from '../imports/import-of.ts'

/** What an agent sent, and the import that each has become: none where it was never opened. */
export type Sent = { push: Push; imported: mis.Import | undefined }

export async function sentOf(
  { school }: SchoolVisit,
  pushes: readonly Push[],
): Promise<readonly Sent[]> {
  const imports = await mis.findAll(
    school,
    pushes.map(({ importId }) => importId),
  )
  const byId = new Map<ImportId, mis.Import>(imports.map((each) => [each.id, each]))
  return pushes.map((push) => ({ push, imported: byId.get(push.importId) }))
}

export const Pushes = ({ sent }: { sent: readonly Sent[] }) => (
  <Table
    caption="What it sent"
    columns={[
      { head: 'When', cell: (each: Sent) => <When sent={each} /> },
      { head: 'What', cell: ({ push }) => whatWords(push.kind) },
      { head: 'Which', cell: ({ push }) => whichWords(push.kind, push.scope) },
      { head: 'What became of it', cell: becameWords },
    ]}
    rows={sent}
    empty={<Empty heading="Nothing yet">What this agent sends is listed here.</Empty>}
  />
)

const When = ({ sent: { push, imported } }: { sent: Sent }) =>
  imported ? (
    <a class="govuk-link" href={importPath(imported)}>
      {showShort(push.receivedAtMs)}
    </a>
  ) : (
    <>{showShort(push.receivedAtMs)}</>
  )

/** The import says it where there is one: that a body was opened says nothing of what became of it. */
function becameWords({ push, imported }: Sent): string {
  if (!imported) return pushStateWords[push.state]
  if (imported.refusedBecause) return pushProblems[imported.refusedBecause]
  return imported.record.replacedBy ? REPLACED.words : importStates[imported.state].words
}

const whatWords = (kind: string): string =>
  Object.hasOwn(dataWords, kind) ? dataWords[kind as mis.Import['data']] : kind
