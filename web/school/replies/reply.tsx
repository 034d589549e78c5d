import { z } from 'zod'
import * as consent from '#consent'
import { count } from '#delivery'
import { isRefusal, parseId, showShort } from '#kernel'
import * as messaging from '#messaging'
import type { Reply } from '#messaging'
import { notFoundPage } from '../../error-pages.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import {
  Breadcrumbs,
  Button,
  ErrorSummary,
  Form,
  Inset,
  PageHeading,
  SmsTextarea,
  StatusTag,
  Thread,
  type ThreadItem,
  Warning,
} from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { draftProblemWords, parcelStatus } from '../../words/messages.ts'
import { authorOf, messagePath, senderOf } from '../messages/whose.ts'
import { conversation, type Said } from './conversation.ts'
import { shownIn, shownReplies } from './shown.ts'
import { ownersWords, writersOf } from './thread-words.ts'

/** The reply that the path names, if this person may read it. */
export async function replyOf(visit: SchoolVisit): Promise<Reply | undefined> {
  const id = parseId('reply', visit.param('reply'))
  return id && messaging.findReply(visit.school, authorOf(visit), id)
}

/** A conversation with one contact, and a box to answer in. The answer is checked like any message. */
export const replyPage = schoolRoute('/school/replies/:reply', 'read-replies', {
  get: async (visit) => {
    const reply = await replyOf(visit)
    return reply ? show(visit, reply) : notFoundPage(visit)
  },
  post: async (visit) => {
    const reply = await replyOf(visit)
    if (!reply) return notFoundPage(visit)
    const read = await readForm(visit.c, form)
    const { text, shown } = read.ok ? read.value : { text: '', shown: [] }

    const { school } = visit
    const author = authorOf(visit)
    const answer = await messaging.answer(school, author, senderOf(visit), reply, text, shown)
    if (!isRefusal(answer)) return seeOther(visit, messagePath(answer, '/check'))
    return show(visit, reply, text, { text: sentence(answer.refused, text) })
  },
})

const form = z.object({ text: z.string().catch(''), shown: shownReplies })

type Problem = Exclude<Awaited<ReturnType<typeof messaging.answer>>, messaging.Message>['refused']

function sentence(problem: Problem, text: string): string {
  if (problem === 'nobody-to-answer')
    return 'This number is not one contact’s alone, so it cannot be answered here'
  const draft = { audience: messaging.nobody, subject: null, text }
  const how = { contactRule: 'everyone', category: 'operational', channel: 'sms' } as const
  return draftProblemWords(problem, { ...draft, ...how })
}

async function show(
  visit: SchoolVisit,
  reply: Reply,
  typed = '',
  errors: FieldErrors = {},
): Promise<Response> {
  const { school } = visit
  const author = authorOf(visit)
  const replies = await messaging.viewThread(school, author, reply)
  const [nameOf, said, stopped, owners] = await Promise.all([
    writersOf(school, replies),
    conversation(school, author, replies),
    consent.stoppedAmong(school, 'sms', [reply.fingerprint]),
    reply.contactId === null ? ownersWords(school, reply) : undefined,
  ])
  const name = nameOf(reply)
  const hasErrors = Object.keys(errors).length > 0
  const crumbs = [{ text: 'Replies', href: '/school/replies' }, { text: name }]
  const options = { title: 'Conversation', status: hasErrors ? 422 : 200, hasErrors } as const
  return page(
    visit,
    { ...options, before: <Breadcrumbs crumbs={crumbs} /> },
    <>
      <ErrorSummary errors={errors} />
      <PageHeading>Replies from {name}</PageHeading>
      {owners && <Inset>{owners}</Inset>}
      {reply.contactId !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/school/contacts/${reply.contactId}`}>
            Numbers, addresses and children of {name}
          </a>
        </p>
      )}
      <Thread
        label={`Conversation with ${name}`}
        items={said.map((one) => toItem(one, name, visit))}
      />
      <MarkRead reply={reply} replies={replies} />
      {stopped.has(reply.fingerprint) ? (
        <Warning>
          {name} asked for no more texts. An answer would not reach them: speak to them another way.
        </Warning>
      ) : (
        reply.contactId !== null && <Answer {...{ reply, replies, name, typed, errors }} />
      )}
    </>,
  )
}

const toItem = (said: Said, name: string, { organisation }: SchoolVisit): ThreadItem => {
  const time = { when: showShort(said.atMs), at: new Date(said.atMs).toISOString() }
  if (said.kind === 'received') {
    const { id, record, readAtMs } = said.reply
    const status = readAtMs === null ? <strong>Not read yet</strong> : undefined
    return { id, direction: 'received', who: name, text: record.text, status, ...time }
  }
  const { id, opened, state } = said.parcel
  const status = <StatusTag status={parcelStatus[state]} />
  return { id, direction: 'sent', who: organisation.name, text: opened.text, status, ...time }
}

type Shown = { reply: Reply; replies: readonly Reply[] }

const MarkRead = ({ reply, replies }: Shown) =>
  shownIn(replies) === '' ? null : (
    <Form action={`/school/replies/${reply.id}/reading`} hidden={{ shown: shownIn(replies) }}>
      <Button kind="secondary">Mark as read</Button>
    </Form>
  )

type AnswerProps = Shown & { name: string; typed: string; errors: FieldErrors }

const Answer = (props: AnswerProps) => (
  <Form action={`/school/replies/${props.reply.id}`} hidden={{ shown: shownIn(props.replies) }}>
    <SmsTextarea
      name="text"
      label={`Answer ${props.name}`}
      labelSize="m"
      hint="A text to their first number that works. You see what it costs before it goes."
      error={props.errors['text']}
      value={props.typed}
      rows={4}
      count={count(props.typed)}
    />
    <Button>Check the answer</Button>
  </Form>
)
