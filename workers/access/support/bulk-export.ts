import type { Id, OrganisationId, UserId } from '#kernel'

/** What may leave a customer's area in bulk. */
export const bulkExportKinds = ['trail', 'users'] as const
export type BulkExportKind = (typeof bulkExportKinds)[number]

/** Nobody decides on a wish of last month: it has to be asked again. */
export const DECIDE_WITHIN_MS = 7 * 24 * 60 * 60_000
/** Once approved, it is fetched within the hour or not at all. */
export const FETCH_WITHIN_MS = 60 * 60_000
/** A second person has had an account for so long: nobody makes one for the purpose. */
export const SECOND_AFTER_MS = 7 * 24 * 60 * 60_000

export type BulkExport = {
  id: Id<'bulk-export'>
  organisationId: OrganisationId
  what: BulkExportKind
  reason: string
  requestedBy: UserId
  requestedAtMs: number
  decidedBy: UserId | null
  decision: 'approved' | 'refused' | null
  decidedAtMs: number | null
  fetchedAtMs: number | null
}

export type BulkExportStanding = 'waiting' | 'lapsed' | 'refused' | 'ready' | 'fetched' | 'missed'

type Dates = Pick<BulkExport, 'requestedAtMs' | 'decision' | 'decidedAtMs' | 'fetchedAtMs'>

/** Where a request has got to by now. */
export function bulkExportStanding(one: Dates, nowMs: number): BulkExportStanding {
  if (one.decision === 'refused') return 'refused'
  if (one.decision === null || one.decidedAtMs === null) {
    return nowMs < one.requestedAtMs + DECIDE_WITHIN_MS ? 'waiting' : 'lapsed'
  }
  if (one.fetchedAtMs !== null) return 'fetched'
  return nowMs < one.decidedAtMs + FETCH_WITHIN_MS ? 'ready' : 'missed'
}

/** PRODUCT 3.8: a second person decides, never whoever asked. */
export const mayDecide = ({ requestedBy }: Pick<BulkExport, 'requestedBy'>, by: UserId): boolean =>
  requestedBy !== by
