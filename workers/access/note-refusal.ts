import * as audit from '#audit'
import { type Directory, system } from '#shards'
import { type Caller, fromWhere } from './from-where.ts'
import * as store from './store.ts'
import { GUESSES_WITHIN_MS } from './throttle.ts'

/** Why somebody was not let in, for the organisation's own trail; the visitor is told less. */
type Because = 'wrong-password' | 'disabled' | 'locked' | 'throttled' | 'changed-meanwhile'

/** What can be tried without end is noted once in this time, so that nobody can flood a trail. */
const NOTED_ONCE = ['disabled', 'locked', 'throttled'] as const satisfies Because[]

/** Notes in an organisation's trail that somebody was not let in to one of its accounts. */
export async function noteRefusal(
  directory: Directory,
  row: store.UserRow,
  caller: Caller,
  because: Because,
): Promise<void> {
  const area = await directory.school(row.organisationId, system('visitor'))
  if (!area) return

  const school = area.as(system('visitor', await fromWhere(area, caller)))
  const sinceMs = school.clock.now() - GUESSES_WITHIN_MS
  const isOnce = (NOTED_ONCE as readonly Because[]).includes(because)
  await school.commit(
    isOnce ? [audit.noneSince(school, REFUSED, row.id, { because, sinceMs })] : [],
    audit.entry(school, REFUSED, row.id, { because }),
  )
}

/** A guess too many: noted where there is such an account. */
export async function noteThrottled(
  directory: Directory,
  email: string,
  caller: Caller,
): Promise<void> {
  const row = await store.findByEmail(directory, email)
  if (row) await noteRefusal(directory, row, caller, 'throttled')
}

const REFUSED = 'user.refused-sign-in'
