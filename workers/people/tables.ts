import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ContactId, GroupId, Id, PointId, PupilId, SchoolId, StaffId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { ContactRecord } from './contact.ts'
import type { GroupKind, GroupRecord } from './group.ts'
import type { Channel, PersonId, PersonKind, PointRecord } from './point.ts'
import type { PupilRecord } from './pupil.ts'
import type { RelationshipRecord } from './relationship.ts'
import type { RestrictionRecord, RestrictionScope } from './restriction.ts'
import type { StaffRecord } from './staff.ts'

export const pupils = sqliteTable(
  'pupils',
  {
    id: text('id').$type<PupilId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    record: sealed<PupilRecord>('record').notNull(),
    /** Look-ups by UPN, admission number, and name with date of birth. */
    upnFingerprint: fingerprinted('upn_fingerprint'),
    admissionFingerprint: fingerprinted('admission_fingerprint'),
    nameFingerprint: fingerprinted('name_fingerprint').notNull(),
    /** Of their id in the system the last import came from, by which its marks name them. */
    referenceFingerprint: fingerprinted('reference_fingerprint'),
    /** Of everything the last import said: the same file again changes nothing. */
    digest: fingerprinted('digest').notNull(),
    /** Null while on roll. */
    leftAtMs: integer('left_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    changedAtMs: integer('changed_at_ms').notNull(),
  },
  (table) => [
    index('pupils_by_upn').on(table.schoolId, table.upnFingerprint),
    index('pupils_by_admission').on(table.schoolId, table.admissionFingerprint),
    index('pupils_by_name').on(table.schoolId, table.nameFingerprint),
  ],
)

export const contacts = sqliteTable(
  'contacts',
  {
    id: text('id').$type<ContactId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    record: sealed<ContactRecord>('record').notNull(),
    nameFingerprint: fingerprinted('name_fingerprint').notNull(),
    digest: fingerprinted('digest').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    changedAtMs: integer('changed_at_ms').notNull(),
  },
  (table) => [index('contacts_by_name').on(table.schoolId, table.nameFingerprint)],
)

/**
 * The name by which the school's own system still knows a record that was joined to another, at each pupil of
 * the one that stayed: an import that brings that name finds who stayed, and no second record comes back.
 */
export const contactAliases = sqliteTable(
  'contact_aliases',
  {
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    pupilId: text('pupil_id').$type<PupilId>().notNull(),
    nameFingerprint: fingerprinted('name_fingerprint').notNull(),
    /** Who stayed. */
    contactId: text('contact_id').$type<ContactId>().notNull(),
    joinedAtMs: integer('joined_at_ms').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.schoolId, table.pupilId, table.nameFingerprint, table.contactId],
    }),
    index('contact_aliases_by_contact').on(table.schoolId, table.contactId),
  ],
)

/** How a contact stands to a pupil. One row a pair. */
export const relationships = sqliteTable(
  'relationships',
  {
    id: text('id').$type<Id<'relationship'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    pupilId: text('pupil_id').$type<PupilId>().notNull(),
    contactId: text('contact_id').$type<ContactId>().notNull(),
    record: sealed<RelationshipRecord>('record').notNull(),
    /** 1 is asked first; null where the MIS gives none. */
    priority: integer('priority'),
    hasParentalResponsibility: integer('has_parental_responsibility', {
      mode: 'boolean',
    }).notNull(),
  },
  (table) => [
    uniqueIndex('relationships_by_pair').on(table.schoolId, table.pupilId, table.contactId),
    index('relationships_by_contact').on(table.schoolId, table.contactId),
  ],
)

/** A number or an address by which a person is reached. */
export const points = sqliteTable(
  'points',
  {
    id: text('id').$type<PointId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    personKind: text('person_kind').$type<PersonKind>().notNull(),
    personId: text('person_id').$type<PersonId>().notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    record: sealed<PointRecord>('record').notNull(),
    fingerprint: fingerprinted('fingerprint').notNull(),
    /** Order in which the person’s points of one channel are tried, from 1. */
    position: integer('position').notNull(),
    /** Since when messages to it fail for good; null while it works. */
    failingSinceMs: integer('failing_since_ms'),
    failingBecause: text('failing_because'),
  },
  (table) => [
    index('points_by_person').on(table.schoolId, table.personId),
    index('points_by_fingerprint').on(table.schoolId, table.fingerprint),
    index('points_failing').on(table.schoolId, table.failingSinceMs),
  ],
)

/** Court orders and the like: this person, about this child (or every child), is not to be told. */
export const restrictions = sqliteTable(
  'restrictions',
  {
    id: text('id').$type<Id<'restriction'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    contactId: text('contact_id').$type<ContactId>().notNull(),
    /** Null: about every child of the school. */
    pupilId: text('pupil_id').$type<PupilId>(),
    scope: text('scope').$type<RestrictionScope>().notNull(),
    /** Evidence, owner and reason. Who may send need not read it: that it exists is enough to hold. */
    record: sealed<RestrictionRecord>('record').notNull(),
    source: text('source').$type<'school' | 'mis'>().notNull(),
    startsAtMs: integer('starts_at_ms').notNull(),
    reviewAtMs: integer('review_at_ms'),
    endedAtMs: integer('ended_at_ms'),
  },
  (table) => [
    index('restrictions_by_contact').on(table.schoolId, table.contactId),
    index('restrictions_by_pupil').on(table.schoolId, table.pupilId),
  ],
)

export const staff = sqliteTable(
  'staff',
  {
    id: text('id').$type<StaffId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    record: sealed<StaffRecord>('record').notNull(),
    nameFingerprint: fingerprinted('name_fingerprint').notNull(),
    /** Of their id in the school's system; null for whom no import has brought. */
    referenceFingerprint: fingerprinted('reference_fingerprint'),
    leftAtMs: integer('left_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [index('staff_by_school').on(table.schoolId)],
)

/** Registration groups, years, houses, classes. Which pupils are in one is itself data about them. */
export const groups = sqliteTable(
  'groups',
  {
    id: text('id').$type<GroupId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    kind: text('kind').$type<GroupKind>().notNull(),
    record: sealed<GroupRecord>('record').notNull(),
    fingerprint: fingerprinted('fingerprint').notNull(),
  },
  (table) => [
    uniqueIndex('groups_by_fingerprint').on(table.schoolId, table.kind, table.fingerprint),
  ],
)

export const memberships = sqliteTable(
  'memberships',
  {
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    groupId: text('group_id').$type<GroupId>().notNull(),
    pupilId: text('pupil_id').$type<PupilId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.schoolId, table.groupId, table.pupilId] }),
    index('memberships_by_pupil').on(table.schoolId, table.pupilId),
  ],
)
