import type { DatabaseSync } from 'node:sqlite'
import { FLUSH_AFTER_MS, FLUSH_AT_ROWS, LOG_PAGE_ROWS, LOOK_UP_ROWS } from './limits.ts'
import type { Message } from './message.ts'
import type { Step } from './plan.ts'
import { row, rows, together } from './state.ts'
import type { Provider } from './vocabulary.ts'

export type LoggedMessage = Omit<Message, 'acceptedAt' | 'html' | 'code'> & {
  acceptedAt: string
  timesSeen: number
}

export type Summary = {
  accepted: number
  distinctReferences: number
  seenMoreThanOnce: number
  receiptsPending: number
}

export type MessageLog = {
  /** Takes a message with its receipt plan. It is in memory at once, on the disc within 50 ms. */
  add(message: Omit<Message, 'position'>, plan: readonly Step[]): void
  /** Writes what is still in memory; every read does so first. */
  flush(): void
  /** What was accepted after that position, in order, at most 1,000. */
  read(after: number, limit: number): LoggedMessage[]
  lookUp(
    provider: Provider,
    reference: string,
  ): Pick<Message, 'messageId' | 'status' | 'acceptedAt'>[]
  summary(): Summary
  clear(): void
}

type Entry = { message: Omit<Message, 'position'>; plan: readonly Step[] }

/**
 * The carrier's record of what it accepted. A carrier does not notice repeats: a reference that
 * comes twice is two messages, and `timesSeen` says so on both.
 */
export function openMessageLog(db: DatabaseSync, changed: () => void): MessageLog {
  const write = writer(db)
  let waiting: Entry[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const entries = waiting
    waiting = []
    together(db, () => entries.forEach(write.entry))
    changed()
  }
  return {
    add(message, plan) {
      waiting.push({ message, plan })
      if (waiting.length >= FLUSH_AT_ROWS) flush()
      else timer ??= setTimeout(flush, FLUSH_AFTER_MS)
    },
    flush,
    clear() {
      flush()
      db.exec(`DELETE FROM messages; DELETE FROM planned; DELETE FROM posts;
        DELETE FROM replies; DELETE FROM refusals`)
      write.recount()
      changed()
    },
    ...reader(db, flush, write.counts),
  }
}

type Counts = { accepted: number; distinctReferences: number; seenMoreThanOnce: number }

/** Inserts, and keeps the three counts as it goes, so that asking for them costs nothing. */
function writer(db: DatabaseSync) {
  const insert = db.prepare(`INSERT INTO messages (channel, provider, message_id, reference,
    recipient, sender, subject, text, html, accepted_at, status, code, rank)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`)
  const plan = db.prepare(`INSERT INTO planned (position, provider, event_id, status, code, rank,
    due_at, silent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const seen = db.prepare('SELECT count(*) AS times FROM messages WHERE reference = ?')
  const tally = db.prepare(`SELECT coalesce(sum(times), 0) AS accepted,
    count(*) AS distinctReferences, coalesce(sum(times > 1), 0) AS seenMoreThanOnce
    FROM (SELECT count(*) AS times FROM messages GROUP BY reference)`)
  const counts: Counts = { accepted: 0, distinctReferences: 0, seenMoreThanOnce: 0 }
  const recount = () => Object.assign(counts, row<Counts>(tally))
  recount()

  const entry = ({ message: m, plan: steps }: Entry) => {
    const times = row<{ times: number }>(seen, m.reference)?.times ?? 0
    counts.accepted++
    if (times === 0) counts.distinctReferences++
    if (times === 1) counts.seenMoreThanOnce++
    const { lastInsertRowid: position } = insert.run(
      m.channel,
      m.provider,
      m.messageId,
      m.reference,
      m.to,
      m.from,
      m.subject ?? null,
      m.text,
      m.html ?? null,
      m.acceptedAt,
      m.status,
      m.code,
    )
    for (const step of steps)
      plan.run(
        position,
        m.provider,
        `${m.messageId}.${step.rank + 1}`,
        step.status,
        step.code,
        step.rank,
        m.acceptedAt + step.afterMs,
        step.isSilent ? 1 : 0,
      )
  }
  return { entry, recount, counts }
}

function reader(db: DatabaseSync, flush: () => void, counts: Counts) {
  const page = db.prepare(`SELECT position, channel, provider, message_id AS messageId, reference,
    recipient AS "to", sender AS "from", subject, text, accepted_at AS acceptedAt, status,
    (SELECT count(*) FROM messages AS same WHERE same.reference = messages.reference) AS timesSeen
    FROM messages WHERE position > ? ORDER BY position LIMIT ?`)
  const look = db.prepare(`SELECT message_id AS messageId, status, accepted_at AS acceptedAt
    FROM messages WHERE reference = ? AND provider = ? ORDER BY position LIMIT ${LOOK_UP_ROWS}`)
  const pending = db.prepare(`SELECT (SELECT count(*) FROM planned WHERE silent = 0) +
    (SELECT coalesce(sum(receipts), 0) FROM posts) AS receipts`)

  type Row = Omit<Message, 'html' | 'code' | 'subject'> & {
    subject: string | null
    timesSeen: number
  }
  return {
    read(after: number, limit: number): LoggedMessage[] {
      flush()
      const read = rows<Row>(page, after, Math.min(limit, LOG_PAGE_ROWS))
      return read.map(({ subject, acceptedAt, ...rest }) => ({
        ...rest,
        ...(subject === null ? {} : { subject }),
        acceptedAt: new Date(acceptedAt).toISOString(),
      }))
    },
    lookUp(provider: Provider, reference: string) {
      flush()
      return rows<Pick<Message, 'messageId' | 'status' | 'acceptedAt'>>(look, reference, provider)
    },
    summary(): Summary {
      flush()
      return { ...counts, receiptsPending: row<{ receipts: number }>(pending)?.receipts ?? 0 }
    },
  }
}
