import type { DatabaseSync } from 'node:sqlite'
import { LIST_PAGE_ROWS, THREAD_ROWS } from './limits.ts'
import type { Message } from './message.ts'
import { row, rows } from './state.ts'
import type { Channel, Provider } from './vocabulary.ts'

/** A phone or an inbox with its latest message. */
export type Holder = {
  recipient: string
  messages: number
  latest: Pick<Message, 'text' | 'acceptedAt' | 'status' | 'code' | 'provider'> & {
    subject: string | null
  }
}

export type ThreadItem =
  | ({ kind: 'received'; at: number } & ReceivedRow)
  | { kind: 'reply'; at: number; text: string; school: string; provider: Provider }

export type ReceivedRow = Pick<
  Message,
  'position' | 'provider' | 'messageId' | 'reference' | 'from' | 'text' | 'status' | 'code'
> & { subject: string | null; html: string | null; acceptedAt: number }

/** One who can be written back to: a number of the school's, at the provider it texts through. */
export type Correspondent = { provider: Provider; school: string }

/** What the pages show of the messages: who has which, newest first, a bounded page at a time. */
export function openPeople(db: DatabaseSync) {
  const holders = db.prepare(`SELECT recipient, count(*) AS messages, max(position) AS latest
    FROM messages WHERE channel = ? AND instr(recipient, ?) > 0
    GROUP BY recipient ORDER BY latest DESC LIMIT ? OFFSET ?`)
  const one = db.prepare(`SELECT text, subject, accepted_at AS acceptedAt, status, code, provider
    FROM messages WHERE position = ?`)
  const received = db.prepare(`SELECT position, provider, message_id AS messageId, reference,
    sender AS "from", subject, text, html, accepted_at AS acceptedAt, status, code
    FROM messages WHERE channel = ? AND recipient = ? ORDER BY position DESC LIMIT ?`)
  const replies = db.prepare(`SELECT provider, school, text, sent_at AS at FROM replies
    WHERE phone = ? AND sent_at <= ? ORDER BY sent_at DESC LIMIT ?`)
  const texters = db.prepare(`SELECT provider, sender AS school, max(position) AS latest
    FROM messages WHERE channel = 'sms' AND recipient = ?
    GROUP BY provider, sender ORDER BY latest DESC LIMIT 10`)

  type Found = { recipient: string; messages: number; latest: number }
  return {
    list(channel: Channel, search: string, page: number, size = LIST_PAGE_ROWS): Holder[] {
      const found = rows<Found>(holders, channel, search, size, (page - 1) * LIST_PAGE_ROWS)
      return found.flatMap(({ recipient, messages, latest }) => {
        const message = row<Holder['latest']>(one, latest)
        return message === undefined ? [] : [{ recipient, messages, latest: message }]
      })
    },
    received: (channel: Channel, recipient: string) =>
      rows<ReceivedRow>(received, channel, recipient, THREAD_ROWS),
    /** Both sides of a phone's talk, oldest first, the latest hundred of each. */
    thread(phone: string): ThreadItem[] {
      const texts = rows<ReceivedRow>(received, 'sms', phone, THREAD_ROWS)
      const sent = rows<Correspondent & { text: string; at: number }>(
        replies,
        phone,
        Date.now(),
        THREAD_ROWS,
      )
      return [
        ...texts.map((text) => ({ kind: 'received' as const, at: text.acceptedAt, ...text })),
        ...sent.map((reply) => ({ kind: 'reply' as const, ...reply })),
      ].toSorted((one, other) => one.at - other.at)
    },
    correspondents: (phone: string) => rows<Correspondent>(texters, phone),
  }
}

export type People = ReturnType<typeof openPeople>
