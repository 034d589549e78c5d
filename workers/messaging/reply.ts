import type { ContactId, MessageId, ReplyId } from '#kernel'
import type { Fingerprint } from '#vault'

/** A text that came in: whose number, and what it says. */
export type ReplyRecord = { from: string; text: string }

export type Reply = {
  id: ReplyId
  fingerprint: Fingerprint
  contactId: ContactId | null
  messageId: MessageId | null
  record: ReplyRecord
  isStop: boolean
  receivedAtMs: number
  readAtMs: number | null
}

/** A conversation with one contact, or with a number that belongs to nobody or to several people. */
export type Thread = {
  /** Any reply of it names the thread; this is the newest. */
  newest: Reply
  unread: number
  replies: number
}

export type Wish = 'stop' | 'start' | 'none'

/**
 * What a reply asks for. A text that begins with STOP is taken at its word, whatever follows (PECR
 * regulation 22: refusing must be easy); START must stand alone, since "Start of term?" asks nothing.
 */
export function wishOf(text: string): Wish {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  if (STOP.has(words[0] ?? '')) return 'stop'
  return words.length === 1 && START.has(words[0] ?? '') ? 'start' : 'none'
}

const STOP = new Set(['stop', 'stopall', 'unsubscribe'])
const START = new Set(['start', 'unstop', 'subscribe'])
