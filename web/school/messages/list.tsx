import type { Child } from 'hono/jsx'
import { showPounds, showShort } from '#kernel'
import * as messaging from '#messaging'
import type { Message, State } from '#messaging'
import type { School } from '#shards'
import {
  ButtonLink,
  Empty,
  Filter,
  FilterLayout,
  PageHeading,
  Pagination,
  Select,
  Table,
} from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { pageNumber } from '../../page-number.ts'
import { schoolRoute } from '../../route.ts'
import { channelWords, stateWords } from '../../words/messages.ts'
import { audiencesInWords } from './audience-words.ts'
import { StateTag } from './state-tag.tsx'
import { authorOf, messagePath } from './whose.ts'

const PAGE = 25

/** All messages that this person may see, newest first. */
export const messageList = schoolRoute('/school/messages', 'send-messages', {
  get: async (visit) => {
    const { school } = visit
    const author = authorOf(visit)
    const state = stateIn(visit.c.req.query('state'))
    const number = pageNumber(visit)
    const [counts, found] = await Promise.all([
      messaging.countByState(school, author),
      messaging.list(school, author, {
        ...(state && { states: [state] }),
        limit: PAGE,
        offset: (number - 1) * PAGE,
      }),
    ])
    const total = state ? (counts[state] ?? 0) : sumOf(counts)
    const lines = await linesOf(school, found)
    return page(
      visit,
      { title: 'Messages' },
      <>
        <PageHeading actions={<ButtonLink href="/school/messages/new">New message</ButtonLink>}>
          Messages
        </PageHeading>
        {sumOf(counts) === 0 ? (
          <NoneYet />
        ) : (
          <FilterLayout filter={<StateFilter state={state} counts={counts} />}>
            <MessageTable lines={lines} caption={captionOf(state, total)} />
            <Pagination
              page={number}
              pages={Math.ceil(total / PAGE)}
              of="messages"
              href={(to) => `/school/messages?${state ? `state=${state}&` : ''}page=${to}`}
            />
          </FilterLayout>
        )}
      </>,
    )
  },
})

/** A message as a list shows one. */
export type MessageLine = { message: Message; to: string }

export async function linesOf(
  school: School,
  messages: readonly Message[],
): Promise<MessageLine[]> {
  const audiences = await audiencesInWords(school, messages)
  return messages.map((message, index) => ({ message, to: audiences[index] ?? '' }))
}

type MessageTableProps = { lines: readonly MessageLine[]; caption: string; empty?: Child }

export const MessageTable = (props: MessageTableProps) => (
  <Table
    caption={props.caption}
    columns={[
      { head: 'Message', cell: (line: MessageLine) => <MessageLink message={line.message} /> },
      { head: 'To', cell: ({ to }) => to },
      { head: 'State', cell: ({ message }) => <StateTag state={message.state} /> },
      { head: 'When', cell: ({ message }) => showShort(whenOf(message)) },
      { head: 'Sent to', numeric: true, cell: ({ message }) => sentTo(message) },
      { head: 'Price', numeric: true, cell: ({ message }) => showPounds(message.priceMillipence) },
    ]}
    rows={props.lines}
    empty={
      props.empty ?? <Empty heading="No such messages">No message is in this state now.</Empty>
    }
  />
)

const EXCERPT = 70

/** The message's beginning, as a link to it. */
export const MessageLink = ({ message }: { message: Message }) => (
  <a class="govuk-link" href={messagePath(message)}>
    {excerpt(message.content.subject ?? message.content.text)}
  </a>
)

export const excerpt = (text: string): string => {
  const line = text
    .replace(/\(\((.+?)\)\)/g, '[$1]')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= EXCERPT) return line
  const cut = line.slice(0, EXCERPT - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), EXCERPT / 2)).trimEnd()}…`
}

const whenOf = ({ startedAtMs, dueAtMs, createdAtMs }: Message): number =>
  startedAtMs ?? dueAtMs ?? createdAtMs

const sentTo = ({ parcels, channel, startedAtMs }: Message): string =>
  startedAtMs === null
    ? '–'
    : `${parcels.toLocaleString('en-GB')} ${parcels === 1 ? channelWords[channel].one : channelWords[channel].many}`

const StateFilter = (props: {
  state: State | undefined
  counts: Partial<Record<State, number>>
}) => (
  <Filter action="/school/messages" method="get">
    <Select
      name="state"
      label="State"
      prompt="Every state"
      value={props.state}
      options={messaging.states.map((state) => ({
        value: state,
        text: `${stateWords[state].name} (${props.counts[state] ?? 0})`,
      }))}
    />
  </Filter>
)

const NoneYet = () => (
  <Empty
    heading="No messages yet"
    action={<ButtonLink href="/school/messages/new">Write the first message</ButtonLink>}
  >
    Messages that you write, schedule and send are listed here.
  </Empty>
)

const captionOf = (state: State | undefined, total: number): string =>
  `${state ? stateWords[state].name : 'All messages'}: ${total.toLocaleString('en-GB')}`

const stateIn = (typed: string | undefined): State | undefined =>
  messaging.states.find((state) => state === typed)

const sumOf = (counts: Partial<Record<State, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
