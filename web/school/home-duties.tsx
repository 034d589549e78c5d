import type { Message } from '#messaging'
import { Progress, Stat, type StatProps, Stats } from '../kit/index.ts'
import { channelWords, counted } from '../words/messages.ts'
import { MessageLink } from './messages/list.tsx'
import { type Counts, newsOf } from './messages/progress.tsx'

/** How much of each waits for somebody; undefined where it is not this person's to see. */
export type Duties = Readonly<
  Record<
    | 'scheduled'
    | 'held'
    | 'drafts'
    | 'unread'
    | 'failing'
    | 'unreachable'
    | 'heldImports'
    | 'imports'
    | 'late'
    | 'writeBacks',
    number | undefined
  >
>

export type UnderWay = { message: Message; counts: Counts }

type Duty = { one: string; many: string; href: string; tone: StatProps['tone'] }

const duties: Record<keyof Duties, Duty> = {
  held: {
    one: 'message held back',
    many: 'messages held back',
    href: '/school/messages?state=held',
    tone: 'urgent',
  },
  late: {
    one: 'agent whose data is missing',
    many: 'agents whose data is missing',
    href: '/school/agents',
    tone: 'urgent',
  },
  heldImports: {
    one: 'import held until you decide',
    many: 'imports held until you decide',
    href: '/school/imports',
    tone: 'urgent',
  },
  unread: {
    one: 'reply to read',
    many: 'replies to read',
    href: '/school/replies',
    tone: 'attention',
  },
  imports: {
    one: 'import to look at and apply',
    many: 'imports to look at and apply',
    href: '/school/imports',
    tone: 'attention',
  },
  unreachable: {
    one: 'pupil nobody can be told about',
    many: 'pupils nobody can be told about',
    href: '/school/data-quality#unreachable',
    tone: 'urgent',
  },
  failing: {
    one: 'contact to fix',
    many: 'contacts to fix',
    href: '/school/contacts-to-fix',
    tone: 'attention',
  },
  writeBacks: {
    one: 'correction not in your system yet',
    many: 'corrections not in your system yet',
    href: '/school/write-backs',
    tone: 'attention',
  },
  scheduled: {
    one: 'message scheduled',
    many: 'messages scheduled',
    href: '/school/messages?state=scheduled',
    tone: 'calm',
  },
  drafts: {
    one: 'draft',
    many: 'drafts',
    href: '/school/messages?state=draft',
    tone: 'calm',
  },
}

/**
 * What needs somebody today. Nothing waiting is said as well, so that its absence is no riddle; but not to
 * somebody who has nothing to do with any of it.
 */
export const DutyStats = (props: { duties: Duties }) =>
  Object.values(props.duties).every((count) => count === undefined) ? null : (
    <>
      <h2 class="govuk-heading-m">Today</h2>
      <Stats label="What waits for somebody today">
        {(Object.keys(duties) as (keyof Duties)[]).map((name) => {
          const count = props.duties[name]
          if (count === undefined) return null
          const { one, many, href, tone } = duties[name]
          return (
            <Stat
              count={count}
              words={count === 1 ? one : many}
              href={href}
              tone={count > 0 ? tone : 'calm'}
            />
          )
        })}
      </Stats>
    </>
  )

/** The messages on their way, each with how far it has got. */
export const SendingNow = ({ sends }: { sends: readonly UnderWay[] }) =>
  sends.length === 0 ? (
    <p class="govuk-body">Everything has been sent.</p>
  ) : (
    <>
      <h2 class="govuk-heading-m">Sending now</h2>
      {sends.map(({ message, counts }) => (
        <>
          <p class="govuk-body govuk-!-margin-bottom-1">
            <MessageLink message={message} />
          </p>
          <Progress
            id={`progress-${message.id}`}
            label={`Handed over, of ${counted(message.parcels, ...wordsOf(message))}`}
            value={handedOver(counts)}
            max={message.parcels}
            text={newsOf(message, counts)}
          />
        </>
      ))}
    </>
  )

const wordsOf = ({ channel }: Message): [string, string] => [
  channelWords[channel].one,
  channelWords[channel].many,
]

/** Those that a carrier has, or that will not go any more. */
const handedOver = (counts: Counts): number =>
  Object.entries(counts).reduce(
    (sum, [state, count]) => (underWay.has(state) ? sum : sum + count),
    0,
  )

const underWay = new Set(['created', 'queued', 'sending', 'uncertain'])
