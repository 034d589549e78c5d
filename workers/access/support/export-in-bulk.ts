import * as audit from '#audit'
import { type Id, newId, type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, Entry, School } from '#shards'
import { type BulkExport, type BulkExportKind, mayDecide } from './bulk-export.ts'
import { bulkExports } from './directory-tables.ts'
import * as store from './bulk-export-store.ts'

/**
 * The customer's area and the operator's own, with the operator's employee acting in both: each trail tells
 * of it, the customer's first.
 */
export type BulkExportAreas = { customer: School; own: School }

/** PRODUCT 3.8: an Administrator of the operator asks that a customer's data be exported, and says why. */
export async function requestBulkExport(
  directory: Directory,
  areas: BulkExportAreas,
  { what, reason }: { what: BulkExportKind; reason: string },
): Promise<Id<'bulk-export'>> {
  const { customer } = areas
  const requestedAtMs = directory.clock.now()
  const id = newId('bulk-export', requestedAtMs)
  const row = {
    id,
    organisationId: customer.id,
    what,
    record: await customer.seal(bulkExports.record, id, { reason }),
    requestedBy: customer.actor.id as UserId,
    requestedAtMs,
  }
  await told(areas, (area, facts) =>
    audit.entry(area, 'bulk-export.requested', id, { what, ...facts }),
  )
  await directory.write(store.added(directory, row))
  return id
}

/**
 * A second Administrator agrees, or does not. Whoever asked cannot: that is what the second is for. Nor does
 * somebody agree whom they made themselves for it: an account that they invited, or one of the last days.
 */
export async function decideBulkExport(
  directory: Directory,
  areas: BulkExportAreas,
  asked: BulkExport,
  decision: 'approved' | 'refused',
): Promise<Refusal<'own-request' | 'not-independent' | 'already-decided'> | undefined> {
  const { customer } = areas
  const by = customer.actor.id as UserId
  if (!mayDecide(asked, by)) return refuse('own-request')
  if (decision === 'approved' && !(await store.isIndependent(directory, by, asked.requestedBy))) {
    return refuse('not-independent')
  }
  if (!(await store.decided(directory, customer, asked.id, { by, decision }))) {
    return refuse('already-decided')
  }
  const said = { what: asked.what, requestedBy: asked.requestedBy }
  await told(areas, (area, facts) =>
    audit.entry(area, `bulk-export.${decision}`, asked.id, { ...said, ...facts }),
  )
  return undefined
}

/**
 * Gives leave to fetch, once, within an hour of the second person's. Taken before the trail tells of it,
 * and the trail tells before anything is handed out: of two who fetch at once one gets it.
 */
export async function takeBulkExport(
  directory: Directory,
  areas: BulkExportAreas,
  asked: BulkExport,
): Promise<Refusal<'not-to-be-had'> | undefined> {
  const { customer } = areas
  const by = customer.actor.id as UserId
  if (!(await store.taken(directory, customer, asked.id, by))) return refuse('not-to-be-had')

  const said = { what: asked.what, approvedBy: asked.decidedBy }
  await told(areas, (area, facts) =>
    audit.entry(area, 'bulk-export.fetched', asked.id, { ...said, ...facts }),
  )
  return undefined
}

/** In the customer's trail, and in the operator's own, which says of whom it was. */
async function told(
  { customer, own }: BulkExportAreas,
  entryOf: (area: School, facts: audit.Facts) => Entry,
): Promise<void> {
  await customer.commit(entryOf(customer, {}))
  await own.commit(entryOf(own, { organisation: customer.id }))
}
