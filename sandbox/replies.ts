import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Outbox } from './outbox.ts'
import { together } from './state.ts'
import type { Provider } from './vocabulary.ts'

/** A text that a parent's phone sends to a number of the school. */
export type Reply = { provider: Provider; phone: string; school: string; text: string }

export type Replies = {
  /** Sends a reply at this time (milliseconds since 1970); the phone shows it from then on. */
  send(reply: Reply, atMs: number): void
}

/** Replies are posted to the Worker as the provider whose number the school texted from. */
export function openReplies(db: DatabaseSync, outbox: Outbox, changed: () => void): Replies {
  const insert = db.prepare(
    'INSERT INTO replies (provider, phone, school, text, sent_at) VALUES (?, ?, ?, ?, ?)',
  )
  return {
    send({ provider, phone, school, text }, atMs) {
      const at = new Date(atMs).toISOString()
      const body = { eventId: `inb_${randomUUID()}`, from: phone, to: school, text, at }
      const path = `/hooks/sms/${provider}/inbound`
      together(db, () => {
        insert.run(provider, phone, school, text, atMs)
        outbox.keep({ provider, path, body, receipts: 0, dueAt: atMs })
      })
      changed()
    },
  }
}
