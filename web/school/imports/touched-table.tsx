import type { Touched } from '#mis'
import { Table } from '../../kit/index.ts'
import { touchedWords } from '../../words/touched.ts'
import { More } from './more.tsx'

/** Whose orders, wishes and work at the school an import changes, one by one. */
export const TouchedTable = (props: { touched: readonly Touched[]; isDone: boolean }) => {
  const { touched, isDone } = props
  return touched.length === 0 ? null : (
    <section id="touched">
      <Table
        caption={isDone ? 'Whose wishes and details changed' : 'Whose wishes and details change'}
        rows={touched.slice(0, SHOWN)}
        columns={[
          { head: 'Who', cell: ({ who }: Touched) => <span class="sg-typed">{who}</span> },
          { head: 'What', cell: (one) => touchedWords(one) },
        ]}
      />
      <More total={touched.length} shown={SHOWN} />
    </section>
  )
}

/** As many as are kept of each thing: whoever answers for them wants them all. */
const SHOWN = 2_000
