import { parsePhone } from '#kernel'
import type { Import, PersonEntry, Report, ShownChange } from '#mis'
import { Table } from '../../kit/index.ts'
import { changedFields } from '../../words/import-pages.ts'
import { More } from './more.tsx'

type Props = { imported: Import; report: Report; shown: number }

/** Who changes, field by field: what was, and what will be. */
export const ChangedTable = ({ imported: { counts, state }, report, shown }: Props) =>
  report.changed.length === 0 ? null : (
    <section id="changed">
      <Table
        caption={
          state === 'applied' ? 'Pupils and contacts who changed' : 'Pupils and contacts who change'
        }
        rows={report.changed.slice(0, shown)}
        columns={[
          { head: 'Who', cell: (entry: PersonEntry) => <Who entry={entry} /> },
          { head: 'What changes', cell: ({ changes }) => <Changes changes={changes} /> },
        ]}
      />
      <More total={(counts?.pupils.changed ?? 0) + (counts?.contacts.changed ?? 0)} shown={shown} />
    </section>
  )

const Who = ({ entry: { kind, name, placing } }: { entry: PersonEntry }) => (
  <>
    <span class="sg-typed">{name}</span>
    <br />
    <span class="govuk-hint govuk-!-margin-bottom-0">
      {kind === 'contact' ? 'Contact' : placing}
    </span>
  </>
)

/** Changes shown of one person; somebody with more is somebody new, in effect. */
const CHANGES = 8

const Changes = ({ changes }: { changes: ShownChange[] }) => (
  <ul class="govuk-list govuk-!-margin-bottom-0">
    {changes.slice(0, CHANGES).map((change) => (
      <li>
        {changedFields[change.field]}
        {change.about !== null && (
          <>
            {' '}
            of <span class="sg-typed">{change.about}</span>
          </>
        )}
        {': '}
        <FromTo change={change} />
      </li>
    ))}
    {changes.length > CHANGES && <li>and {changes.length - CHANGES} more</li>}
  </ul>
)

const FromTo = ({ change: { field, from, to } }: { change: ShownChange }) => {
  if (field === 'order-of-numbers') return <>changed</>
  if (from === null && to === null) return <>removed</>
  if (from === null)
    return (
      <>
        added <Value text={to} />
      </>
    )
  if (to === null)
    return (
      <>
        removed <Value text={from} />
      </>
    )
  return (
    <>
      <Value text={from} /> becomes <Value text={to} />
    </>
  )
}

const Value = ({ text }: { text: string | null }) => (
  <strong class="sg-typed">{shownValue(text ?? '')}</strong>
)

/** British numbers as people here write them. */
const shownValue = (text: string): string =>
  text.startsWith('+44') && parsePhone(text).ok
    ? text.replace(/^\+44(\d{4})(\d+)$/, '0$1 $2')
    : text
