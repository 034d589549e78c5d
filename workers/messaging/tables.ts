import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type {
  ContactId,
  Id,
  MessageId,
  Millipence,
  ParcelId,
  PupilId,
  ReplyId,
  SchoolId,
  UserId,
} from '#kernel'
import type { PersonId, PersonKind } from '#people'
import { fingerprinted, sealed } from '#shards'
import type { Category, HeldBecause, MessageChannel, MessageContent, State } from './message.ts'
import type { Audience, ContactRule } from './audience.ts'
import type { Rule } from './trace.ts'
import type { ReplyRecord } from './reply.ts'

/** One send, from draft to the last delivery. */
export const messages = sqliteTable(
  'messages',
  {
    id: text('id').$type<MessageId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    state: text('state').$type<State>().notNull(),
    category: text('category').$type<Category>().notNull(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    contactRule: text('contact_rule').$type<ContactRule>().notNull(),
    /** Ids only: whom it was addressed to. Who gets it is worked out when it is sent. */
    audience: text('audience', { mode: 'json' }).$type<Audience>().notNull(),
    content: sealed<MessageContent>('content').notNull(),
    authorId: text('author_id').$type<UserId>().notNull(),
    /** Years that its author may write to, held to again when it is sent; null is every year. */
    withinYears: text('within_years', { mode: 'json' }).$type<string[]>(),
    /** When it is to go; null while a draft. */
    dueAtMs: integer('due_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    startedAtMs: integer('started_at_ms'),
    finishedAtMs: integer('finished_at_ms'),
    heldBecause: text('held_because').$type<HeldBecause>(),
    /** Parcels handed to delivery, and what they cost. */
    parcels: integer('parcels').notNull().default(0),
    priceMillipence: integer('price_millipence').$type<Millipence>().notNull(),
    /** What a part of a text costs, as agreed when it was scheduled. */
    smsPriceMillipence: integer('sms_price_millipence').$type<Millipence>().notNull(),
  },
  (table) => [
    index('messages_by_state').on(table.schoolId, table.state, table.dueAtMs),
    index('messages_due').on(table.state, table.dueAtMs),
    index('messages_by_time').on(table.schoolId, table.createdAtMs),
    index('messages_by_author').on(table.schoolId, table.authorId, table.createdAtMs),
  ],
)

/** The trace: each person who came into question, and the rule that put them in or left them out. */
export const candidates = sqliteTable(
  'candidates',
  {
    id: text('id').$type<Id<'candidate'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    messageId: text('message_id').$type<MessageId>().notNull(),
    /** The pupil it is about; null where it is about none, as to staff. */
    pupilId: text('pupil_id').$type<PupilId>(),
    personKind: text('person_kind').$type<PersonKind>(),
    /** Null where it is the pupil who has nobody. */
    personId: text('person_id').$type<PersonId>(),
    isIncluded: integer('is_included', { mode: 'boolean' }).notNull(),
    rule: text('rule').$type<Rule>().notNull(),
    parcelId: text('parcel_id').$type<ParcelId>(),
  },
  (table) => [
    index('candidates_by_message').on(table.schoolId, table.messageId, table.isIncluded),
    index('candidates_by_parcel').on(table.schoolId, table.parcelId),
    index('candidates_by_person').on(table.schoolId, table.personId),
    index('candidates_by_pupil').on(table.schoolId, table.pupilId, table.messageId),
  ],
)

/** What parents wrote back. */
export const replies = sqliteTable(
  'replies',
  {
    id: text('id').$type<ReplyId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    fingerprint: fingerprinted('fingerprint').notNull(),
    /** Whose number it is, where one contact alone has it. */
    contactId: text('contact_id').$type<ContactId>(),
    /** The last message sent to that number before: its author may read this. */
    messageId: text('message_id').$type<MessageId>(),
    record: sealed<ReplyRecord>('record').notNull(),
    provider: text('provider').notNull(),
    eventId: text('event_id').notNull(),
    isStop: integer('is_stop', { mode: 'boolean' }).notNull(),
    receivedAtMs: integer('received_at_ms').notNull(),
    readAtMs: integer('read_at_ms'),
  },
  (table) => [
    uniqueIndex('replies_by_event').on(table.schoolId, table.provider, table.eventId),
    index('replies_by_thread').on(table.schoolId, table.fingerprint, table.receivedAtMs),
    index('replies_by_contact').on(table.schoolId, table.contactId),
    index('replies_unread').on(table.schoolId, table.readAtMs),
  ],
)
