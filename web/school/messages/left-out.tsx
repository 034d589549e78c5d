import * as messaging from '#messaging'
import type { Candidate, LeftOut, Message } from '#messaging'
import type { School } from '#shards'
import { notFoundPage } from '../../error-pages.tsx'
import { BackLink, PageHeading, Pagination, Table } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { pageNumber } from '../../page-number.ts'
import { schoolRoute } from '../../route.ts'
import { leftOutHelp, ruleWords } from '../../words/messages.ts'
import { namesOf } from './people-named.ts'
import { messageOf, messagePath } from './whose.ts'

const PAGE = 50

/** Everyone left out of a message by one rule. */
export const leftOut = schoolRoute('/school/messages/:message/left-out', 'send-messages', {
  get: async (visit) => {
    const message = await messageOf(visit)
    const rule = messaging.leftOutRules.find((one) => one === visit.c.req.query('rule'))
    if (!message || !rule) return notFoundPage(visit)
    await messaging.view(visit.school, message)
    const number = pageNumber(visit)
    const [counts, lines] = await Promise.all([
      messaging.countLeftOut(visit.school, message.id),
      linesOf(visit.school, message, rule, number),
    ])
    const total = counts[rule] ?? 0
    return page(
      visit,
      { title: 'Who was left out', before: <BackLink href={messagePath(message)} /> },
      <>
        <PageHeading caption={ruleWords[rule]}>Who was left out</PageHeading>
        {leftOutHelp[rule] && <p class="govuk-body">{leftOutHelp[rule]}</p>}
        <Table
          caption={`${total.toLocaleString('en-GB')} left out`}
          columns={[
            { head: 'Person', cell: (line: Line) => line.person },
            { head: 'About', cell: (line) => line.pupil || '–' },
          ]}
          rows={lines}
          empty={<p class="govuk-body">Nobody was left out for this reason.</p>}
        />
        <Pagination
          page={number}
          pages={Math.ceil(total / PAGE)}
          of="people left out"
          href={(to) => messagePath(message, `/left-out?rule=${rule}&page=${to}`)}
        />
      </>,
    )
  },
})

type Line = { person: string; pupil: string }

async function linesOf(
  school: School,
  message: Message,
  rule: LeftOut,
  number: number,
): Promise<Line[]> {
  const options = { rule, limit: PAGE, offset: (number - 1) * PAGE }
  const candidates = await messaging.listLeftOut(school, message.id, options)
  const name = await namesOf(school, candidates)
  return candidates.map((one) => toLine(one, name))
}

const toLine = (one: Candidate, name: Awaited<ReturnType<typeof namesOf>>): Line =>
  one.personId === null
    ? { person: name(one.pupilId), pupil: '' }
    : { person: name(one.personId), pupil: one.personId === one.pupilId ? '' : name(one.pupilId) }

/** Why people were left out, how many for each reason, and the way to who they are. */
export const LeftOutTable = (props: {
  message: Message
  counts: Partial<Record<LeftOut, number>>
}) => {
  const rows = messaging.leftOutRules.filter((rule) => props.counts[rule])
  return (
    <>
      <h2 class="govuk-heading-m">Who was left out</h2>
      <Table
        caption="Reasons, and how many"
        captionHidden
        columns={[
          { head: 'Reason', cell: (rule: LeftOut) => capital(ruleWords[rule]) },
          { head: 'How many', numeric: true, cell: (rule) => props.counts[rule] },
          { head: 'Who', cell: (rule) => <Who message={props.message} rule={rule} /> },
        ]}
        rows={rows}
        empty={<p class="govuk-body">Nobody was left out.</p>}
      />
    </>
  )
}

const Who = ({ message, rule }: { message: Message; rule: LeftOut }) => (
  <a class="govuk-link" href={messagePath(message, `/left-out?rule=${rule}`)}>
    Show who<span class="govuk-visually-hidden">: {ruleWords[rule]}</span>
  </a>
)

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
