import * as audit from '#audit'
import { showShort } from '#kernel'
import * as messaging from '#messaging'
import type { Reply, Thread } from '#messaging'
import { Empty, PageHeading, Pagination, Table, Tag } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { pageNumber } from '../../page-number.ts'
import { schoolRoute } from '../../route.ts'
import { counted } from '../../words/messages.ts'
import { excerpt } from '../messages/list.tsx'
import { authorOf } from '../messages/whose.ts'
import { writersOf } from './thread-words.ts'

const PAGE = 25

/** What parents wrote back, one line a conversation, those with something unread first. */
export const replyList = schoolRoute('/school/replies', 'read-replies', {
  get: async (visit) => {
    const { school } = visit
    const author = authorOf(visit)
    const number = pageNumber(visit)
    const [{ threads: total, unread }, threads] = await Promise.all([
      messaging.countThreads(school, author),
      messaging.listThreads(school, author, { limit: PAGE, offset: (number - 1) * PAGE }),
    ])
    if (threads.length > 0) {
      await audit.listed(school, 'replies.listed', { replies: threads.length })
    }
    const nameOf = await writersOf(
      school,
      threads.map(({ newest }) => newest),
    )
    return page(
      visit,
      { title: 'Replies' },
      <>
        <PageHeading>Replies</PageHeading>
        <ThreadTable {...{ threads, unread, nameOf }} />
        <Pagination
          page={number}
          pages={Math.ceil(total / PAGE)}
          of="replies"
          href={(to) => `/school/replies?page=${to}`}
        />
      </>,
    )
  },
})

const ThreadTable = (props: {
  threads: readonly Thread[]
  unread: number
  nameOf: (reply: Reply) => string
}) => (
  <Table
    caption={
      props.unread > 0
        ? `${counted(props.unread, 'reply', 'replies')} not read yet`
        : 'Everything is read'
    }
    columns={[
      {
        head: 'From',
        cell: (thread: Thread) => <From thread={thread} name={props.nameOf(thread.newest)} />,
      },
      { head: 'Says', cell: ({ newest }) => excerpt(newest.record.text) },
      { head: 'When', cell: ({ newest }) => showShort(newest.receivedAtMs) },
      { head: 'Unread', cell: Unread },
    ]}
    rows={props.threads}
    empty={
      <Empty heading="No replies yet">
        When a parent answers a text, it appears here. Texts to your school’s number do too.
      </Empty>
    }
  />
)

const From = ({ thread, name }: { thread: Thread; name: string }) => (
  <a class="govuk-link" href={`/school/replies/${thread.newest.id}`}>
    {name}
  </a>
)

const Unread = ({ unread, newest }: Thread) => (
  <>
    {unread > 0 ? <Tag tone="blue">{unread} new</Tag> : 'Read'}{' '}
    {newest.isStop && <Tag tone="orange">Asked to stop</Tag>}
  </>
)
