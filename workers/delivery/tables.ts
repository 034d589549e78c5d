import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import type { Id, MessageId, ParcelId, SchoolId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { AttemptOutcome } from './attempt.ts'
import type { ParcelChannel, ParcelContent, ParcelState } from './parcel.ts'

/** One text or e-mail to one address: what a carrier is asked to carry. */
export const parcels = sqliteTable(
  'parcels',
  {
    id: text('id').$type<ParcelId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    messageId: text('message_id').$type<MessageId>().notNull(),
    channel: text('channel').$type<ParcelChannel>().notNull(),
    /** 0 goes first. */
    urgency: integer('urgency').notNull(),
    fingerprint: fingerprinted('fingerprint').notNull(),
    bodyFingerprint: fingerprinted('body_fingerprint').notNull(),
    content: sealed<ParcelContent>('content').notNull(),
    parts: integer('parts').notNull(),
    priceMillipence: integer('price_millipence').notNull(),
    state: text('state').$type<ParcelState>().notNull(),
    /** `rank[state]`, kept beside it so that SQL can compare. */
    stateRank: integer('state_rank').notNull(),
    /** The carrier's own word for why it failed, where it did. */
    code: text('code'),
    provider: text('provider'),
    /** The Message ID: the provider's name for it. */
    providerMessageId: text('provider_message_id'),
    tries: integer('tries').notNull().default(0),
    /** Not offered to a carrier, or not looked up, before this; 0 for one that was sent and is not looked up. */
    notBeforeMs: integer('not_before_ms').notNull().default(0),
    /** The attempt that has it in hand, and until when; null when none has. */
    claimedBy: text('claimed_by').$type<Id<'attempt'>>(),
    leasedUntilMs: integer('leased_until_ms'),
    /** Why it must not be offered to a carrier (again): somebody was restricted, or said STOP. */
    withheldBecause: text('withheld_because').$type<'restricted' | 'stopped'>(),
    /** Look-ups that found that the provider never had it. */
    lookUps: integer('look_ups').notNull().default(0),
    createdAtMs: integer('created_at_ms').notNull(),
    changedAtMs: integer('changed_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('parcels_one_each').on(
      table.schoolId,
      table.messageId,
      table.channel,
      table.fingerprint,
      table.bodyFingerprint,
    ),
    index('parcels_open')
      .on(table.schoolId, table.state, table.urgency, table.id)
      .where(sql`state in ('created', 'queued', 'sending', 'uncertain')`),
    index('parcels_silent')
      .on(table.schoolId, table.notBeforeMs)
      .where(sql`state = 'sent' and not_before_ms > 0`),
    index('parcels_by_message').on(table.schoolId, table.messageId, table.state),
    index('parcels_by_fingerprint').on(table.schoolId, table.fingerprint),
  ],
)

/** Each time a parcel was offered to a provider, written before the call. */
export const attempts = sqliteTable(
  'attempts',
  {
    id: text('id').$type<Id<'attempt'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    parcelId: text('parcel_id').$type<ParcelId>().notNull(),
    provider: text('provider').notNull(),
    startedAtMs: integer('started_at_ms').notNull(),
    finishedAtMs: integer('finished_at_ms'),
    outcome: text('outcome').$type<AttemptOutcome>(),
    code: text('code'),
  },
  (table) => [index('attempts_by_parcel').on(table.schoolId, table.parcelId)],
)

/** Events a provider told us, so that one told twice counts once. */
export const providerEvents = sqliteTable(
  'provider_events',
  {
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    provider: text('provider').notNull(),
    eventId: text('event_id').notNull(),
    parcelId: text('parcel_id').$type<ParcelId>().notNull(),
    state: text('state').$type<ParcelState>().notNull(),
    code: text('code'),
    atMs: integer('at_ms').notNull(),
    receivedAtMs: integer('received_at_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.schoolId, table.provider, table.eventId] }),
    index('provider_events_by_parcel').on(table.schoolId, table.parcelId),
  ],
)
