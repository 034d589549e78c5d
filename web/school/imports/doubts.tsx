import type { Doubtful } from '#mis'
import { showDay } from '#kernel'
import { Table } from '../../kit/index.ts'
import { aheadWords, doubtfulFields, whoWords } from '../../words/held-imports.ts'
import { lineWord } from '../../words/rejected.ts'
import type { ImportFacts } from './import-facts.ts'
import { More } from './more.tsx'

/** What the approval of a doubtful import asks about, one by one: nobody can vouch for what they cannot find. */
export const Doubts = ({ facts: { report } }: { facts: ImportFacts }) => {
  if (!report?.doubtful) return null
  const { ahead, contradictions } = report.doubtful
  const head = lineWord(report.source)
  return (
    <>
      <Ahead ahead={ahead} head={head} />
      <Contradictions contradictions={contradictions} head={head} />
    </>
  )
}

const Ahead = ({ ahead, head }: { ahead: Doubtful['ahead']; head: string }) =>
  ahead.first.length === 0 ? null : (
    <section id="ahead">
      <Table
        caption="Dates that have not come yet"
        rows={ahead.first}
        columns={[
          { head: 'Of whom', cell: ({ who }) => <span class="sg-typed">{whoWords(who)}</span> },
          { head: 'What', cell: ({ what }) => aheadWords[what] },
          { head: 'Date', cell: ({ date }) => showDay(date) },
          { head, cell: ({ line }) => (line === null ? 'None' : String(line)) },
        ]}
      />
      <More total={ahead.first.length + ahead.more} shown={ahead.first.length} />
    </section>
  )

type ContradictionsProps = { contradictions: Doubtful['contradictions']; head: string }

const Contradictions = ({ contradictions, head }: ContradictionsProps) =>
  contradictions.first.length === 0 ? null : (
    <section id="contradictions">
      <Table
        caption="Said in two ways"
        rows={contradictions.first}
        columns={[
          { head: 'Of whom', cell: ({ who }) => <span class="sg-typed">{whoWords(who)}</span> },
          {
            head: 'What differs',
            cell: ({ fields }) => fields.map((field) => doubtfulFields[field]).join(', '),
          },
          { head: `${head}s`, cell: ({ lines }) => lines.join(' and ') },
        ]}
      />
      <More
        total={contradictions.first.length + contradictions.more}
        shown={contradictions.first.length}
      />
    </section>
  )
