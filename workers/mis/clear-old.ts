import { sql } from 'drizzle-orm'
import { type School, statement, type Statement } from '#shards'
import { discard } from './discard.ts'
import type { Import, Kept } from './import.ts'
import { overdue } from './files/kept.ts'
import { destroyObjects } from './files/objects.ts'
import * as store from './store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A file that nobody applied is forgotten after a week. */
export const ABANDONED_AFTER_DAYS = 7
/** A CSV of which nobody says what its columns are holds more than is needed: it goes after a day (PRODUCT 5.4). */
export const UNMATCHED_AFTER_HOURS = 24
/** What an import changed can be read for thirty days after. */
export const REPORT_KEPT_DAYS = 30
/** Objects are destroyed right after the commit; an import from before this was interrupted there. */
const INTERRUPTED_AFTER_MS = 10 * 60_000
const AT_ONCE = 50

/** Which schools of a shard have something of a file that may be past its time. For the clock. */
export const schoolsToClear = (nowMs: number): Statement =>
  statement(sql`
    select distinct school_id from imports
    where kept <> 'nothing' and (
      (state = 'uploaded' and created_at_ms < ${nowMs - UNMATCHED_AFTER_HOURS * HOUR_MS})
      or (state in ('received', 'previewed', 'held') and created_at_ms < ${nowMs - ABANDONED_AFTER_DAYS * DAY_MS})
      or (kept = 'everything' and closed_at_ms < ${nowMs - INTERRUPTED_AFTER_MS})
      or (kept = 'report' and closed_at_ms < ${nowMs - REPORT_KEPT_DAYS * DAY_MS}))`)

/**
 * Destroys what files have left behind past its time, in a bounded batch; returns how many imports it
 * dealt with. For the clock, and called with each upload, so that nothing waits for the clock alone.
 */
export async function clearOld(school: School, files: R2Bucket): Promise<number> {
  const nowMs = school.clock.now()
  const unmatched = await overdue(school, ['uploaded'], {
    beforeMs: nowMs - UNMATCHED_AFTER_HOURS * HOUR_MS,
    kept: ['everything'],
    limit: AT_ONCE,
  })
  const abandoned = await overdue(school, ['received', 'previewed', 'held'], {
    beforeMs: nowMs - ABANDONED_AFTER_DAYS * DAY_MS,
    kept: ['everything'],
    limit: AT_ONCE,
  })
  for (const each of [...unmatched, ...abandoned]) await discard(school, files, each)

  const interrupted = await overdue(school, ['applied', 'discarded', 'refused'], {
    beforeMs: nowMs - INTERRUPTED_AFTER_MS,
    kept: ['everything'],
    limit: AT_ONCE,
  })
  for (const each of interrupted) {
    await clear(school, files, each, each.state === 'applied' ? 'report' : 'nothing')
  }
  const reports = await overdue(school, ['applied'], {
    beforeMs: nowMs - REPORT_KEPT_DAYS * DAY_MS,
    kept: ['report'],
    limit: AT_ONCE,
  })
  for (const each of reports) await clear(school, files, each, 'nothing')
  return unmatched.length + abandoned.length + interrupted.length + reports.length
}

async function clear(
  school: School,
  files: R2Bucket,
  imported: Import,
  kept: Exclude<Kept, 'everything'>,
): Promise<void> {
  await destroyObjects(school, files, { ...imported, kept })
  await school.write(store.cleared(school, imported.id, kept))
}
