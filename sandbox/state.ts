import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/**
 * Opens the sandbox's own database. It stands for the outside world (a carrier's log, parents'
 * phones), so it holds plain text; the people in it are invented. It is never synced to the disc:
 * a power cut may lose pretend messages, a killed Worker may not, and speed is worth more here.
 */
export function openState(stateDir: string): DatabaseSync {
  mkdirSync(stateDir, { recursive: true })
  const db = new DatabaseSync(join(stateDir, 'sandbox.sqlite'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA busy_timeout = 2000')
  db.exec(schema)
  return db
}

/** Runs `act` in one transaction: all of it happens or none. */
export function together<T>(db: DatabaseSync, act: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = act()
    db.exec('COMMIT')
    return result
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

/** The rows of a statement as the type its columns spell; SQLite itself checks nothing. */
export const rows = <Row>(statement: StatementSync, ...values: SQLInputValue[]): Row[] =>
  statement.all(...values) as unknown as Row[]

export const row = <Row>(statement: StatementSync, ...values: SQLInputValue[]): Row | undefined =>
  statement.get(...values) as unknown as Row | undefined

const schema = `
CREATE TABLE IF NOT EXISTS messages (
  position INTEGER PRIMARY KEY, channel TEXT NOT NULL, provider TEXT NOT NULL,
  message_id TEXT NOT NULL, reference TEXT NOT NULL, recipient TEXT NOT NULL, sender TEXT NOT NULL,
  subject TEXT, text TEXT NOT NULL, html TEXT, accepted_at INTEGER NOT NULL,
  status TEXT NOT NULL, code TEXT NOT NULL, rank INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS messages_by_reference ON messages (reference);
CREATE INDEX IF NOT EXISTS messages_by_recipient ON messages (channel, recipient, position);

-- A message's receipt plan: what will be said of it, and when. Silent rows are not posted.
CREATE TABLE IF NOT EXISTS planned (
  id INTEGER PRIMARY KEY, position INTEGER NOT NULL, provider TEXT NOT NULL,
  event_id TEXT NOT NULL, status TEXT NOT NULL, code TEXT NOT NULL, rank INTEGER NOT NULL,
  due_at INTEGER NOT NULL, silent INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS planned_by_due ON planned (provider, due_at, id);

-- Bodies on their way to the Worker, kept until it has answered with 2xx. An id is never used
-- again: a post that is under way while the log is cleared must not settle another.
CREATE TABLE IF NOT EXISTS posts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, webhook_id TEXT NOT NULL, provider TEXT NOT NULL,
  path TEXT NOT NULL, body TEXT NOT NULL, receipts INTEGER NOT NULL,
  tries INTEGER NOT NULL, due_at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS posts_by_due ON posts (provider, due_at, id);

CREATE TABLE IF NOT EXISTS replies (
  id INTEGER PRIMARY KEY, provider TEXT NOT NULL, phone TEXT NOT NULL, school TEXT NOT NULL,
  text TEXT NOT NULL, sent_at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS replies_by_phone ON replies (phone, sent_at);

CREATE TABLE IF NOT EXISTS faults (provider TEXT PRIMARY KEY, chosen TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS refusals (
  reference TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT;
`
