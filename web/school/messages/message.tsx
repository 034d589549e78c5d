import * as delivery from '#delivery'
import type { ParcelState } from '#delivery'
import { type Millipence, parseId, showDateTime, showPounds } from '#kernel'
import * as messaging from '#messaging'
import type { LeftOut, Message } from '#messaging'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import {
  Breadcrumbs,
  Button,
  ButtonLink,
  Form,
  LiveFragment,
  LiveProgress,
  NotificationBanner,
  PageHeading,
  SummaryList,
  type SummaryRow,
} from '../../kit/index.ts'
import { fragment, page, seeOther, wantsFragment } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import {
  categoryWords,
  channelWords,
  contactRuleWords,
  heldWords,
  parcelStatus,
} from '../../words/messages.ts'
import { audienceWords } from './audience-words.ts'
import { History, historyOf } from './history.tsx'
import { LeftOutTable } from './left-out.tsx'
import { excerpt } from './list.tsx'
import { type Counts, Deliveries, newsOf } from './progress.tsx'
import {
  type Part,
  pathOf,
  type RecipientList,
  recipientsOf,
  RecipientTable,
} from './recipients.tsx'
import { StateTag } from './state-tag.tsx'
import { messageOf, messagePath } from './whose.ts'

/** Receipts that have not come by then are not waited for with an open page. */
const WATCHED_MS = 30 * 60_000

/** One message: how it stands, who was sent it, who was not and why, and what was done to it. */
export const messagePage = schoolRoute('/school/messages/:message', 'send-messages', {
  get: async (visit) => {
    const message = await messageOf(visit)
    if (!message) return notFoundPage(visit)
    if (message.state === 'draft') return seeOther(visit, messagePath(message, '/check'))
    if (wantsFragment(visit, 'progress')) {
      await messaging.viewOn(visit.school, message)
      return fragment(visit, <Renewed {...await liveOf(visit, message)} />)
    }
    await messaging.view(visit.school, message)
    return show(visit, await liveOf(visit, message))
  },
})

type Live = {
  message: Message
  counts: Counts
  list: RecipientList
  leftOut: Partial<Record<LeftOut, number>>
  part: Part
  isOver: boolean
  nowMs: number
}

async function liveOf(visit: SchoolVisit, message: Message): Promise<Live> {
  const part = partOf(visit)
  const { school } = visit
  const [counts, list, leftOut] = await Promise.all([
    delivery.countByState(school, message.id),
    recipientsOf(school, message, part),
    messaging.countLeftOut(school, message.id),
  ])
  return {
    message,
    counts,
    list,
    leftOut,
    part,
    isOver: isOver(message, counts, school.clock.now()),
    nowMs: school.clock.now(),
  }
}

/** Nothing more is to be seen: every outcome is known, or long awaited. */
function isOver(message: Message, counts: Counts, nowMs: number): boolean {
  if (message.state === 'cancelled' || message.state === 'held') return true
  if (message.state !== 'sent') return false
  return !counts.sent || nowMs - (message.finishedAtMs ?? 0) > WATCHED_MS
}

function partOf({ c }: SchoolVisit): Part {
  const typed = c.req.query('state') ?? ''
  const state = Object.hasOwn(parcelStatus, typed) ? (typed as ParcelState) : undefined
  return { state, after: parseId('parcel', c.req.query('after')) }
}

async function show(visit: SchoolVisit, live: Live): Promise<Response> {
  const { message, part, isOver: finished } = live
  const [audience, happenings, returned] = await Promise.all([
    audienceWords(visit.school, message),
    historyOf(visit, message),
    schools.returnedFor(visit.school, message.id),
  ])
  const title = excerpt(message.content.subject ?? message.content.text)
  const crumbs = [{ text: 'Messages', href: '/school/messages' }, { text: title }]
  return page(
    visit,
    { title: 'Message', before: <Breadcrumbs crumbs={crumbs} /> },
    <>
      <PageHeading caption={channelWords[message.channel].name}>{title}</PageHeading>
      <LiveProgress
        id="progress"
        url={pathOf(message, part)}
        finished={finished}
        announce={announcement(live)}
      >
        <Standing {...live} />
      </LiveProgress>
      <SummaryList title="The message" rows={factsOf(message, audience, returned)} />
      <History happenings={happenings} />
    </>,
  )
}

const Renewed = (live: Live) => (
  <LiveFragment finished={live.isOver} announce={announcement(live)}>
    <Standing {...live} />
  </LiveFragment>
)

const announcement = ({ message, counts }: Live): string =>
  message.startedAtMs === null ? '' : newsOf(message, counts)

const Standing = ({ message, counts, list, leftOut, part, nowMs }: Live) => (
  <>
    {message.heldBecause && message.state === 'held' && (
      <NotificationBanner heading="This message has not been sent">
        {heldWords[message.heldBecause]}
      </NotificationBanner>
    )}
    <Actions message={message} />
    <p class="govuk-body">
      <StateTag state={message.state} /> {standingWords(message, nowMs)}
    </p>
    {message.parcels > 0 && (
      <>
        <Deliveries message={message} counts={counts} />
        <p class="govuk-body">
          {newsOf(message, counts)} Delivered is not read: nobody tracks that.
        </p>
        <RecipientTable message={message} list={list} part={part} counts={counts} />
      </>
    )}
    {message.startedAtMs !== null && <LeftOutTable message={message} counts={leftOut} />}
  </>
)

function standingWords(message: Message, nowMs: number): string {
  const { state, dueAtMs, startedAtMs, finishedAtMs, parcels } = message
  if (state === 'scheduled') {
    if (dueAtMs === null) return ''
    return dueAtMs <= nowMs ? 'It is about to leave.' : `It goes on ${showDateTime(dueAtMs)}.`
  }
  if (state === 'sending') return startedAtMs === null ? '' : `Since ${showDateTime(startedAtMs)}.`
  if (state === 'sent' && parcels === 0) return 'When it was due, nobody could be sent it any more.'
  return state === 'sent' && finishedAtMs !== null ? `By ${showDateTime(finishedAtMs)}.` : ''
}

const Actions = ({ message }: { message: Message }) => (
  <>
    {message.state === 'held' && (
      <ButtonLink href={messagePath(message, '/check')}>Check and send</ButtonLink>
    )}
    {messaging.can('cancel', message) && (
      <Form action={messagePath(message, '/cancellation')}>
        <Button kind="warning">Cancel this message</Button>
      </Form>
    )}
  </>
)

function factsOf(message: Message, audience: string, returned: Millipence): SummaryRow[] {
  const { content, category, contactRule } = message
  return [
    { key: 'To', value: audience },
    ...(messaging.isAboutPupils(message.audience)
      ? [{ key: 'Which contacts', value: contactRuleWords[contactRule].name }]
      : []),
    { key: 'What for', value: categoryWords[category].name },
    ...(content.subject === null ? [] : [{ key: 'Subject', value: content.subject }]),
    { key: 'Message', value: <span class="sg-typed">{content.text}</span> },
    ...(message.startedAtMs === null
      ? []
      : [{ key: 'Price', value: showPounds(message.priceMillipence) }]),
    ...(returned === 0
      ? []
      : [{ key: 'Credit returned', value: `${showPounds(returned)} for what no carrier took` }]),
  ]
}
