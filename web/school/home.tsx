import * as agents from '#agents'
import * as delivery from '#delivery'
import * as messaging from '#messaging'
import type { Message } from '#messaging'
import * as mis from '#mis'
import * as people from '#people'
import { homeNotices } from '../every/home-notices.tsx'
import { ButtonGroup, ButtonLink, LiveFragment, LiveProgress, PageHeading } from '../kit/index.ts'
import { may } from '../may.ts'
import { fragment, page, wantsFragment } from '../page.tsx'
import { schoolRoute, type SchoolVisit } from '../route.ts'
import { type Duties, DutyStats, SendingNow, type UnderWay } from './home-duties.tsx'
import { FirstSteps } from './home-first-steps.tsx'
import { linesOf, type MessageLine, MessageTable } from './messages/list.tsx'
import { authorOf } from './messages/whose.ts'

/** Messages shown below what needs somebody; the rest has its own page. */
const RECENT = 5
/** Sends watched at once; more go one after the other anyway. */
const MAX_WATCHED = 5

/** What needs somebody today, the ways to the usual jobs, and what was sent lately. */
export const home = schoolRoute('/school', 'see-home', {
  get: async (visit) => {
    const sending = await underWay(visit)
    if (wantsFragment(visit, 'progress')) {
      return fragment(
        visit,
        <LiveFragment announce={announcement(sending)} finished={sending.length === 0}>
          <SendingNow sends={sending} />
        </LiveFragment>,
      )
    }
    return show(visit, sending)
  },
})

async function show(visit: SchoolVisit, sending: UnderWay[]): Promise<Response> {
  const [notices, pupils, duties, recent] = await Promise.all([
    homeNotices(visit),
    people.countPupils(visit.school),
    dutiesOf(visit),
    recentOf(visit),
  ])
  const isNew = pupils === 0 || (recent?.length === 0 && may(visit.user, 'import'))
  return page(
    visit,
    { title: 'Home' },
    <>
      <PageHeading>{visit.organisation.name}</PageHeading>
      {notices}
      {isNew && <FirstSteps user={visit.user} pupils={pupils} />}
      {sending.length > 0 && (
        <LiveProgress id="sending" url="/school" announce={announcement(sending)}>
          <SendingNow sends={sending} />
        </LiveProgress>
      )}
      {(pupils > 0 || waitsForData(duties)) && <DutyStats duties={duties} />}
      {pupils > 0 && <QuickWays user={visit.user} />}
      {recent && recent.length > 0 && (
        <>
          <MessageTable caption="Latest messages" lines={recent} />
          <p class="govuk-body">
            <a class="govuk-link" href="/school/messages">
              All messages
            </a>
          </p>
        </>
      )}
    </>,
  )
}

/** What is on its way now, and how far each has got. */
async function underWay(visit: SchoolVisit): Promise<UnderWay[]> {
  if (!may(visit.user, 'send-messages')) return []
  const messages = await messaging.list(visit.school, authorOf(visit), {
    states: ['sending'],
    limit: MAX_WATCHED,
  })
  return Promise.all(
    messages.map(async (message: Message) => ({
      message,
      counts: await delivery.countByState(visit.school, message.id),
    })),
  )
}

const announcement = (sends: readonly UnderWay[]): string =>
  sends.length === 0
    ? 'Everything has been sent.'
    : `${sends.length} ${sends.length === 1 ? 'message' : 'messages'} being sent.`

/** Each is looked up only for who may do something about it. */
async function dutiesOf(visit: SchoolVisit): Promise<Duties> {
  const { school, user } = visit
  const author = authorOf(visit)
  const [states, replies, failing, unreachable, imports, programs, writeBacks] = await Promise.all([
    may(user, 'send-messages') ? messaging.countByState(school, author) : undefined,
    may(user, 'read-replies') ? messaging.countThreads(school, author) : undefined,
    may(user, 'mend-contacts') ? people.countFailing(school) : undefined,
    may(user, 'mend-contacts') ? people.countUnreachable(school) : undefined,
    may(user, 'import') ? mis.countWaiting(school) : undefined,
    may(user, 'manage-agents') ? agents.countOf(visit.directory, school.id) : undefined,
    may(user, 'mend-contacts') ? mis.writeBacks.countWaiting(school) : undefined,
  ])
  return {
    scheduled: states && (states.scheduled ?? 0),
    held: states && (states.held ?? 0),
    drafts: states && (states.draft ?? 0),
    unread: replies?.unread,
    failing,
    // That there is none is the rule, and is not said.
    unreachable: unreachable || undefined,
    // What one arrives at without having made it is said when it is there, and not otherwise.
    heldImports: imports?.held || undefined,
    imports: imports?.waiting,
    writeBacks: writeBacks || undefined,
    // A school without an agent has none that could be late.
    late: programs && programs.agents > 0 ? programs.late : undefined,
  }
}

/** The very first data may be held or late: then there is no pupil yet, and all the more to do. */
const waitsForData = ({ heldImports = 0, imports = 0, late = 0 }: Duties): boolean =>
  heldImports + imports + late > 0

async function recentOf(visit: SchoolVisit): Promise<MessageLine[] | undefined> {
  if (!may(visit.user, 'send-messages')) return undefined
  const messages = await messaging.list(visit.school, authorOf(visit), { limit: RECENT })
  return linesOf(visit.school, messages)
}

const QuickWays = ({ user }: Pick<SchoolVisit, 'user'>) => (
  <ButtonGroup>
    {may(user, 'send-messages') && (
      <ButtonLink href="/school/messages/new">Send a message</ButtonLink>
    )}
    {may(user, 'import') && (
      <ButtonLink kind="secondary" href="/school/imports/new">
        Import pupils
      </ButtonLink>
    )}
    <ButtonLink kind="secondary" href="/school/pupils">
      Find a pupil
    </ButtonLink>
  </ButtonGroup>
)
