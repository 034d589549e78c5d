import { showShort } from '#kernel'
import { Empty, Table, Tag } from '../../kit/index.ts'
import { everything, idIn, queryOf } from './filter.ts'
import type { Line } from './lines.ts'
import type { Who } from './who.ts'

/** Entries, newest first; `trail` is the page that others about the same thing are found on. */
export const Entries = (props: { lines: readonly Line[]; caption: string; trail: string }) => (
  <Table
    caption={props.caption}
    columns={[
      { head: 'What', cell: (line: Line) => <What line={line} /> },
      { head: 'To what', cell: (line) => <About line={line} trail={props.trail} /> },
      { head: 'Who', cell: ({ who }) => <Whose who={who} trail={props.trail} /> },
      { head: 'When', cell: ({ entry }) => showShort(entry.atMs) },
      { head: 'From where', cell: ({ place }) => place || '–' },
    ]}
    rows={props.lines}
    empty={
      <Empty heading="Nothing fits">
        Choose fewer conditions, or more days. What nobody did leaves no entry.
      </Empty>
    }
  />
)

/** Somebody of the operator is marked, with why they were there and all they did meanwhile. */
export const Whose = ({ who: { name, support }, trail }: { who: Who; trail?: string }) => (
  <>
    {name}
    {support && (
      <>
        {' '}
        <Tag tone="purple">Support</Tag>
      </>
    )}
    {support?.reason && <div class="govuk-hint">{support.reason}</div>}
    {support?.access && trail !== undefined && (
      <div>
        <a class="govuk-link" href={trail + queryOf(everything, { access: support.access })}>
          All that they did then
        </a>
      </div>
    )}
  </>
)

const What = ({ line: { what, details, entry } }: { line: Line }) => (
  <>
    {what}
    {details.length > 0 && <div class="govuk-hint">{details.join('; ')}</div>}
    {entry.position === null && <div class="govuk-hint">Not chained yet</div>}
  </>
)

const About = ({ line: { about, entry }, trail }: { line: Line; trail: string }) => {
  if (about?.href) {
    return (
      <a class="govuk-link" href={about.href}>
        {about.name}
      </a>
    )
  }
  if (entry.subject === entry.schoolId) return <>–</>
  if (idIn(entry.subject) === '') return <>{entry.subject.replaceAll('-', ' ')}</>
  const others = trail + queryOf(everything, { subject: entry.subject })
  return (
    <a class="govuk-link" href={others}>
      {about?.name ?? entry.subject}
      <span class="govuk-visually-hidden">: all entries about it</span>
    </a>
  )
}
