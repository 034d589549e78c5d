import { and, desc, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Id, UserId } from '#kernel'
import { anyOf, type Directory, type School, statement, system, type Write } from '#shards'
import {
  DECIDE_WITHIN_MS,
  FETCH_WITHIN_MS,
  SECOND_AFTER_MS,
  type BulkExport,
} from './bulk-export.ts'
import { bulkExports } from './directory-tables.ts'

type Row = typeof bulkExports.$inferSelect

export const added = (directory: Directory, row: typeof bulkExports.$inferInsert): Write =>
  directory.db.insert(bulkExports).values(row)

export async function findBulkExport(
  directory: Directory,
  id: Id<'bulk-export'>,
): Promise<BulkExport | undefined> {
  const [row] = await directory.db.select().from(bulkExports).where(eq(bulkExports.id, id))
  return row && opened(directory, row)
}

/** The latest requests for all customers, or those before one of them. */
export async function listBulkExports(
  directory: Directory,
  { limit, before }: { limit: number; before?: Id<'bulk-export'> },
): Promise<BulkExport[]> {
  const rows = await directory.db
    .select()
    .from(bulkExports)
    .where(before && lt(bulkExports.id, before))
    .orderBy(desc(bulkExports.id))
    .limit(limit)
  return Promise.all(rows.map((row) => opened(directory, row)))
}

/** The latest requests for a customer's data, as the customer reads them. */
export async function bulkExportsOf(
  directory: Directory,
  school: School,
  limit: number,
): Promise<BulkExport[]> {
  const rows = await directory.db
    .select()
    .from(bulkExports)
    .where(eq(bulkExports.organisationId, school.id))
    .orderBy(desc(bulkExports.id))
    .limit(limit)
  return Promise.all(rows.map((row) => opened(directory, row)))
}

/** Why those of these that are of a customer's data were asked for; ids of other customers find nothing. */
export async function bulkExportReasons(
  directory: Directory,
  school: School,
  ids: readonly Id<'bulk-export'>[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await directory.db
    .select()
    .from(bulkExports)
    .where(and(eq(bulkExports.organisationId, school.id), anyOf(bulkExports.id, ids)))
  const found = await Promise.all(rows.map((row) => opened(directory, row)))
  return new Map(found.map(({ id, reason }) => [id, reason]))
}

/**
 * Whether somebody is a second person to another: their account was not opened by an invitation of the
 * other's, as far as invitations are kept, and is older than the wish could have made it.
 */
export async function isIndependent(
  directory: Directory,
  id: UserId,
  of: UserId,
): Promise<boolean> {
  const found = await directory.rows(
    statement(sql`
      select 1 from users as second
      where second.id = ${id} and second.created_at_ms <= ${directory.clock.now() - SECOND_AFTER_MS}
        and not exists (
          select 1 from invitations
          where organisation_id = second.organisation_id and accepted_at_ms is not null
            and email_fingerprint = second.email_fingerprint and invited_by = ${of})`),
  )
  return found.length > 0
}

/** Decides in one statement, by somebody else than asked; false where that is over, or not theirs to do. */
export async function decided(
  directory: Directory,
  customer: School,
  id: Id<'bulk-export'>,
  { by, decision }: { by: UserId; decision: 'approved' | 'refused' },
): Promise<boolean> {
  const nowMs = directory.clock.now()
  const changed = await directory.db
    .update(bulkExports)
    .set({ decidedBy: by, decision, decidedAtMs: nowMs })
    .where(
      and(
        eq(bulkExports.id, id),
        eq(bulkExports.organisationId, customer.id),
        ne(bulkExports.requestedBy, by),
        isNull(bulkExports.decision),
        gt(bulkExports.requestedAtMs, nowMs - DECIDE_WITHIN_MS),
      ),
    )
    .returning({ id: bulkExports.id })
  return changed.length > 0
}

/** Takes an approved one, once, by whoever asked for it; false where it is not to be had. */
export async function taken(
  directory: Directory,
  customer: School,
  id: Id<'bulk-export'>,
  by: UserId,
): Promise<boolean> {
  const nowMs = directory.clock.now()
  const changed = await directory.db
    .update(bulkExports)
    .set({ fetchedAtMs: nowMs })
    .where(
      and(
        eq(bulkExports.id, id),
        eq(bulkExports.organisationId, customer.id),
        eq(bulkExports.requestedBy, by),
        eq(bulkExports.decision, 'approved'),
        isNull(bulkExports.fetchedAtMs),
        gt(bulkExports.decidedAtMs, nowMs - FETCH_WITHIN_MS),
      ),
    )
    .returning({ id: bulkExports.id })
  return changed.length > 0
}

async function opened(directory: Directory, { record, ...row }: Row): Promise<BulkExport> {
  const customer = await directory.school(row.organisationId, system('visitor'))
  const said = customer && (await customer.open(bulkExports.record, row.id, record))
  return { ...row, reason: said?.reason ?? '' }
}
