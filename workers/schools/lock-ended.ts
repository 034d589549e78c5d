import { describeError, log, londonDay, type OrganisationId } from '#kernel'
import { type Directory, system } from '#shards'
import { changeContract } from './change-contract.ts'
import { isOver } from './contract.ts'
import * as customers from './customer-store.ts'
import * as store from './store.ts'

/** Contracts that the clock ends in one minute; on the last day of a term there may be many. */
const MAX_LOCKED = 50

/**
 * Locks every customer whose end date has come, and says which: their people's sessions are for the caller
 * to end. One that fails does not hold up the others, and is tried again in the next minute.
 */
export async function lockEnded(directory: Directory): Promise<OrganisationId[]> {
  const today = londonDay(directory.clock.now())
  const locked: OrganisationId[] = []
  for (const id of await customers.ended(directory, today, MAX_LOCKED)) {
    if (await isLocked(directory, id)) locked.push(id)
  }
  return locked
}

async function isLocked(directory: Directory, id: OrganisationId): Promise<boolean> {
  try {
    const [school, found] = await Promise.all([
      directory.school(id, system('clock')),
      store.find(directory, id),
    ])
    const today = londonDay(directory.clock.now())
    if (!school || !found || !isOver(found, today)) return false
    const change = { because: 'end-date-reached' } as const
    return (await changeContract(directory, school, 'lock', change)) === undefined
  } catch (error) {
    log('locking.failed', { school: id, ...describeError(error) })
    return false
  }
}
