import { and, asc, count, desc, eq, gt } from 'drizzle-orm'
import type { MessageId, ParcelId } from '#kernel'
import { anyOf, insertAll, type School, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { ParcelContent, ParcelState } from './parcel.ts'
import { isOpen } from './still-open.ts'
import { attempts, parcels } from './tables.ts'

export type ParcelRow = typeof parcels.$inferInsert
export type Parcel = typeof parcels.$inferSelect
export type ParcelLine = Parcel & { opened: ParcelContent }

/** Adds parcels; one that is there already (same message, channel, address and body) is left alone. */
export const parcelsAdded = (school: School, rows: readonly ParcelRow[]): Statement[] =>
  insertAll(
    parcels,
    rows.map((row) => ({ ...row, schoolId: school.id })),
    'ignore',
  )

export async function countByState(
  school: School,
  messageId: MessageId,
): Promise<Partial<Record<ParcelState, number>>> {
  const rows = await school.db
    .select({ state: parcels.state, held: count() })
    .from(parcels)
    .where(and(eq(parcels.schoolId, school.id), eq(parcels.messageId, messageId)))
    .groupBy(parcels.state)
  return Object.fromEntries(rows.map((row) => [row.state, row.held]))
}

export async function listByMessage(
  school: School,
  messageId: MessageId,
  options: { limit: number; after?: ParcelId | undefined; state?: ParcelState | undefined },
): Promise<ParcelLine[]> {
  const found = await school.db
    .select()
    .from(parcels)
    .where(
      and(
        eq(parcels.schoolId, school.id),
        eq(parcels.messageId, messageId),
        options.after ? gt(parcels.id, options.after) : undefined,
        options.state ? eq(parcels.state, options.state) : undefined,
      ),
    )
    .orderBy(asc(parcels.id))
    .limit(options.limit)
  return opened(school, found)
}

export async function listByIds(school: School, ids: readonly ParcelId[]): Promise<ParcelLine[]> {
  const found = await school.db
    .select()
    .from(parcels)
    .where(and(eq(parcels.schoolId, school.id), anyOf(parcels.id, ids)))
  return opened(school, found)
}

/** What was sent to one number or address, newest first. */
export async function listByFingerprint(
  school: School,
  fingerprint: Fingerprint,
  limit: number,
): Promise<ParcelLine[]> {
  const found = await school.db
    .select()
    .from(parcels)
    .where(and(eq(parcels.schoolId, school.id), eq(parcels.fingerprint, fingerprint)))
    .orderBy(desc(parcels.id))
    .limit(limit)
  return opened(school, found)
}

export const listAttempts = (school: School, parcelId: ParcelId) =>
  school.db
    .select()
    .from(attempts)
    .where(and(eq(attempts.schoolId, school.id), eq(attempts.parcelId, parcelId)))
    .orderBy(asc(attempts.startedAtMs))

/** Which of these messages still have parcels under way. */
export async function openAmong(
  school: School,
  messages: readonly MessageId[],
): Promise<Set<MessageId>> {
  const rows = await school.db
    .selectDistinct({ messageId: parcels.messageId })
    .from(parcels)
    .where(and(eq(parcels.schoolId, school.id), anyOf(parcels.messageId, messages), isOpen))
  return new Set(rows.map((row) => row.messageId))
}

const opened = (school: School, found: readonly Parcel[]): Promise<ParcelLine[]> =>
  Promise.all(
    found.map(async (parcel) => ({
      ...parcel,
      opened: await school.open(parcels.content, parcel.id, parcel.content),
    })),
  )
