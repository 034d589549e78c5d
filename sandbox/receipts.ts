import type { DatabaseSync } from 'node:sqlite'
import { EVENTS_PER_POST } from './limits.ts'
import type { Outbox } from './outbox.ts'
import { rows, together } from './state.ts'
import { channelOf, type Provider } from './vocabulary.ts'

type Due = {
  id: number
  position: number
  event_id: string
  status: string
  code: string
  rank: number
  due_at: number
  silent: number
  message_id: string
  reference: string
}

/**
 * Lets happen what is due: the carrier's own record moves on, and what the Worker should hear goes
 * to the outbox, up to a hundred events in a post. While the Worker is slow nothing new is begun,
 * so that what is waiting gathers into fuller posts.
 */
export function openReceipts(db: DatabaseSync, outbox: Outbox, changed: () => void) {
  const select = db.prepare(`SELECT planned.*, message_id, reference FROM planned
    JOIN messages USING (position) WHERE planned.provider = ? AND due_at <= ?
    ORDER BY due_at, planned.id LIMIT ?`)
  const advance = db.prepare(
    'UPDATE messages SET status = ?, code = ?, rank = ? WHERE position = ? AND rank < ?',
  )
  const remove = db.prepare('DELETE FROM planned WHERE id = ?')

  function happen(due: Due) {
    remove.run(due.id)
    if (due.rank > 0) advance.run(due.status, due.code, due.rank, due.position, due.rank)
  }
  return function releaseDue(provider: Provider, nowMs: number): void {
    const posts = outbox.room(provider)
    if (posts <= 0) return
    const due = rows<Due>(select, provider, nowMs, posts * EVENTS_PER_POST)
    if (due.length === 0) return

    const told = due.filter((each) => each.silent === 0)
    together(db, () => {
      due.forEach(happen)
      for (let start = 0; start < told.length; start += EVENTS_PER_POST)
        outbox.keep(postOf(provider, told.slice(start, start + EVENTS_PER_POST), nowMs))
    })
    changed()
  }
}

const postOf = (provider: Provider, due: Due[], nowMs: number) => ({
  provider,
  path: `/hooks/${channelOf[provider]}/${provider}/receipts`,
  body: { events: due.map(eventOf) },
  receipts: due.length,
  dueAt: nowMs,
})

const eventOf = (due: Due) => ({
  eventId: due.event_id,
  messageId: due.message_id,
  reference: due.reference,
  status: due.status,
  code: due.code,
  at: new Date(due.due_at).toISOString(),
})
