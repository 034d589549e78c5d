import type { DatabaseSync } from 'node:sqlite'
import { openCarrier, type Carrier } from './carrier.ts'
import { openFaultBook, type FaultBook } from './faults.ts'
import { OUTBOX_TICK_MS } from './limits.ts'
import { openMessageLog, type MessageLog } from './message-log.ts'
import { openOutbox } from './outbox.ts'
import { openReceipts } from './receipts.ts'
import { openReplies, type Replies } from './replies.ts'
import type { Settings } from './settings.ts'
import { openState } from './state.ts'
import { providers } from './vocabulary.ts'

/** The outside world, opened: everything that the routes and pages need. */
export type Sandbox = {
  settings: Settings
  db: DatabaseSync
  log: MessageLog
  faults: FaultBook
  carrier: Carrier
  replies: Replies
  /** Differs whenever a page may have something new to show. */
  version(): string
  changed(): void
  close(): Promise<void>
}

/** Opens the state and sets the clock going; what was pending before a restart continues. */
export function openSandbox(settings: Settings): Sandbox {
  const db = openState(settings.stateDir)
  const openedAt = Date.now().toString(36)
  let changes = 0
  const changed = () => {
    changes++
  }
  const log = openMessageLog(db, changed)
  const faults = openFaultBook(db)
  const outbox = openOutbox(db, settings, changed)
  const replies = openReplies(db, outbox, changed)
  const releaseDue = openReceipts(db, outbox, changed)
  const carrier = openCarrier({ db, log, faults, replies, seed: settings.seed })

  const ticking = setInterval(() => {
    const nowMs = Date.now()
    for (const provider of providers) {
      releaseDue(provider, nowMs)
      outbox.send(provider, nowMs)
    }
  }, OUTBOX_TICK_MS)

  const close = async () => {
    clearInterval(ticking)
    await outbox.close()
    log.flush()
    db.close()
  }
  const version = () => `${openedAt}-${changes}`
  return { settings, db, log, faults, carrier, replies, version, changed, close }
}
