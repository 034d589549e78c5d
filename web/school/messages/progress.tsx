import type { ParcelState } from '#delivery'
import type { Message } from '#messaging'
import { type Share, StackedProgress, statusWords, type Tone } from '../../kit/index.ts'
import { channelWords, counted, parcelStatus } from '../../words/messages.ts'

export type Counts = Partial<Record<ParcelState, number>>

/** The order in which outcomes are shown, and their colours; the same as their tags. */
const shown: readonly [ParcelState, Tone][] = [
  ['delivered', 'green'],
  ['sent', 'blue'],
  ['uncertain', 'yellow'],
  ['sending', 'teal'],
  ['queued', 'grey'],
  ['created', 'grey'],
  ['failed-temporary', 'orange'],
  ['failed-expired', 'orange'],
  ['failed-technical', 'red'],
  ['failed-permanent', 'red'],
  ['cancelled', 'grey'],
]

/** How many texts or e-mails stand where, as one bar with its numbers. */
export const Deliveries = ({ message, counts }: { message: Message; counts: Counts }) => (
  <StackedProgress
    label={`How the ${channelWords[message.channel].many} stand`}
    shares={sharesOf(counts)}
  />
)

/** The news in a sentence, for those who hear it. */
export function newsOf(message: Message, counts: Counts): string {
  const { one, many } = channelWords[message.channel]
  const delivered = counts.delivered ?? 0
  const failed = failedOf(counts)
  const bad = failed > 0 ? `, ${failed.toLocaleString('en-GB')} failed` : ''
  return `${delivered.toLocaleString('en-GB')} of ${counted(message.parcels, one, many)} delivered${bad}.`
}

export const failedOf = (counts: Counts): number =>
  (Object.keys(counts) as ParcelState[])
    .filter((state) => state.startsWith('failed'))
    .reduce((sum, state) => sum + (counts[state] ?? 0), 0)

/** Words that two states share, such as "Waiting", are one share. */
function sharesOf(counts: Counts): Share[] {
  const shares = new Map<string, Share>()
  for (const [state, tone] of shown) {
    const count = counts[state] ?? 0
    const words = statusWords(parcelStatus[state])
    const known = shares.get(words)
    if (known) known.count += count
    else shares.set(words, { words: words.toLowerCase(), count, tone })
  }
  return [...shares.values()].filter(({ count }) => count > 0)
}
