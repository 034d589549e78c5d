import type { SupportAccessId } from '#kernel'
import type { Directory, School } from '#shards'
import { namesByIds } from '../names-by-ids.ts'
import type { SupportAccessRow } from '../store.ts'
import { supportAccesses } from './directory-tables.ts'
import * as store from './store.ts'

/** An access of the operator to a customer's area, as the customer reads it. */
export type SupportAccess = Omit<SupportAccessRow, 'record'> & {
  /** The employee's name. */
  who: string
  reason: string
  isLive: boolean
}

/** Who of the operator is in a customer's area now, the latest first. */
export const liveSupport = async (directory: Directory, school: School): Promise<SupportAccess[]> =>
  opened(directory, school, await store.liveIn(directory, school.id))

/** Everybody of the operator who ever was in, the latest first; or those before one of them. */
export const supportHistory = async (
  directory: Directory,
  school: School,
  page: { limit: number; before?: SupportAccessId },
): Promise<SupportAccess[]> =>
  opened(directory, school, await store.listed(directory, school, page))

/** Those that entries of this customer's trail speak of. Ids of other customers find nothing. */
export async function supportAccessesByIds(
  directory: Directory,
  school: School,
  ids: readonly SupportAccessId[],
): Promise<ReadonlyMap<SupportAccessId, SupportAccess>> {
  if (ids.length === 0) return new Map()
  const found = await opened(directory, school, await store.byIds(directory, school, ids))
  return new Map(found.map((access) => [access.id, access]))
}

async function opened(
  directory: Directory,
  school: School,
  rows: readonly SupportAccessRow[],
): Promise<SupportAccess[]> {
  const nowMs = directory.clock.now()
  const names = await namesByIds(
    directory,
    rows.map(({ operatorId }) => operatorId),
  )
  return Promise.all(
    rows.map(async ({ record, ...row }) => ({
      ...row,
      ...(await school.open(supportAccesses.record, row.id, record)),
      who: names.get(row.operatorId) ?? 'Somebody who has left',
      isLive: row.endedAtMs === null && nowMs < row.endsAtMs,
    })),
  )
}
