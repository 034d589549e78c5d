import type { TrailEntry } from '#audit'
import { showShort } from '#kernel'
import { Empty, Table } from '../../kit/index.ts'
import { may } from '../../may.ts'
import type { SchoolVisit } from '../../route.ts'
import { Whose } from '../../every/trail/entries.tsx'
import { placeWords } from '../../every/trail/lines.ts'
import { type Who, whoDid } from '../../every/trail/who.ts'
import { sentenceFor } from '../../words/trail.ts'

/** Somebody who saw a pupil's record. */
export type Look = { entry: TrailEntry; who: Who }

export async function asLooks(
  { directory, school }: SchoolVisit,
  entries: readonly TrailEntry[],
): Promise<Look[]> {
  const who = await whoDid(directory, school, entries)
  return entries.map((entry) => ({ entry, who: who(entry) }))
}

/** Who looked, at what and when. Support is marked, with its reason. */
export const LooksTable = (props: {
  visit: SchoolVisit
  looks: readonly Look[]
  caption: string
}) => {
  const trail = may(props.visit.user, 'see-trail') ? '/school/trail' : undefined
  return (
    <Table
      caption={props.caption}
      columns={[
        {
          head: 'Who',
          cell: ({ who }: Look) => <Whose who={who} {...(trail && { trail })} />,
        },
        { head: 'What', cell: ({ entry }) => sentenceFor(entry.action) },
        { head: 'When', cell: ({ entry }) => showShort(entry.atMs) },
        {
          head: 'From where',
          cell: ({ entry }) => (entry.fromWhere === null ? '–' : placeWords(entry.fromWhere)),
        },
      ]}
      rows={props.looks}
      empty={
        <Empty heading="Nobody before you">Everybody who opens this record is listed here.</Empty>
      }
    />
  )
}
