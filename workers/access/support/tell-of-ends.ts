import * as audit from '#audit'
import { atMost, describeError, log, type UserId } from '#kernel'
import type { Directory, Entry, School, Statement } from '#shards'
import { areaBy } from '../area-by.ts'
import type { SupportAccessRow } from '../store.ts'
import * as store from './store.ts'

/** Ends told of in one minute: more than support has people. */
const TOLD_AT_ONCE = 50
const WIDTH = 4

/**
 * Tells customers' trails of accesses that are over: that ran out, that a lock ended, or that ended with
 * the rights of an employee or of whoever let them in. Run by cron, which makes good what a crash left
 * out, and for one person at once where a deed about them ended some. Nothing that ended waits for it.
 */
export async function tellOfEnds(directory: Directory, of?: UserId): Promise<void> {
  const over = await store.untold(directory, TOLD_AT_ONCE, of)
  await atMost(WIDTH, over, (access) => tried(directory, access))
}

async function tried(directory: Directory, access: SupportAccessRow): Promise<void> {
  try {
    const isOwn = access.endedBy === access.operatorId
    const { id, organisationId, endedBy } = access
    const school = await areaBy(directory, organisationId, endedBy, isOwn ? id : null)
    if (school) await school.commit(ofEnd(school, access))
    await directory.write(store.told(directory, id))
  } catch (error) {
    log('support.not-told', { access: access.id, ...describeError(error) })
  }
}

type Ending = Pick<SupportAccessRow, 'id' | 'startedAtMs' | 'endedAtMs' | 'endedBy'>

/** What a trail tells of an end: once, whoever else is about to tell it. */
export function ofEnd(school: School, access: Ending): [Statement, Entry] {
  const because = whyEnded(access)
  const once = { because, sinceMs: access.startedAtMs - 1 }
  return [
    audit.noneSince(school, 'support.ended', access.id, once),
    audit.entry(school, 'support.ended', access.id, { because }),
  ]
}

function whyEnded({ endedAtMs, endedBy }: Ending): 'time-over' | 'area-locked' | 'ended-early' {
  if (endedAtMs === null) return 'time-over'
  return endedBy === null ? 'area-locked' : 'ended-early'
}
