import { Tag, type Tone } from './tag.tsx'

/** How a message, or one parcel of it, stands, in a school office's words. */
export const StatusTag = (props: { status: Status }) => {
  const look = looks[props.status]
  return <Tag tone={look.tone}>{look.words}</Tag>
}

/** The words alone, for a sentence or an announcement. */
export const statusWords = (status: Status): string => looks[status].words

const looks = {
  draft: { tone: 'grey', words: 'Draft' },
  scheduled: { tone: 'purple', words: 'Scheduled' },
  held: { tone: 'yellow', words: 'Waiting for release' },
  created: { tone: 'grey', words: 'Waiting' },
  queued: { tone: 'grey', words: 'Waiting' },
  sending: { tone: 'blue', words: 'Sending' },
  uncertain: { tone: 'yellow', words: 'Being checked' },
  sent: { tone: 'blue', words: 'Sent' },
  delivered: { tone: 'green', words: 'Delivered' },
  finished: { tone: 'green', words: 'Finished' },
  failed: { tone: 'red', words: 'Failed' },
  'failed-temporary': { tone: 'orange', words: 'Failed for now' },
  'failed-permanent': { tone: 'red', words: 'Wrong number or address' },
  'failed-technical': { tone: 'red', words: 'Failed for a technical reason' },
  expired: { tone: 'orange', words: 'Not delivered in time' },
  cancelled: { tone: 'grey', words: 'Cancelled' },
} satisfies Record<string, { tone: Tone; words: string }>

export type Status = keyof typeof looks
