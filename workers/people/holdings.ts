import type { Holding } from '#shards'
import {
  contactAliases,
  contacts,
  groups,
  memberships,
  points,
  pupils,
  relationships,
  restrictions,
  staff,
} from './tables.ts'

const afterLeaving = { until: 'left', days: 30, because: 'PRODUCT 8.4: leavers 30 days' } as const

export const pupilsHolding = {
  table: pupils,
  about: 'pupil',
  purpose: 'Knows the pupils on roll, so that the right people are told about them',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    record: 'personal',
    upnFingerprint: 'pseudonym',
    admissionFingerprint: 'pseudonym',
    nameFingerprint: 'pseudonym',
    referenceFingerprint: 'pseudonym',
    digest: 'pseudonym',
    leftAtMs: 'circumstance',
    createdAtMs: 'operational',
    changedAtMs: 'operational',
  },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof pupils>

export const contactsHolding = {
  table: contacts,
  about: 'contact',
  purpose: 'Knows who is responsible for a pupil',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    record: 'personal',
    nameFingerprint: 'pseudonym',
    digest: 'pseudonym',
    createdAtMs: 'operational',
    changedAtMs: 'operational',
  },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof contacts>

export const contactAliasesHolding = {
  table: contactAliases,
  about: 'contact',
  purpose:
    'Knows two records that were joined as one person when the school’s own system brings both',
  basis: 'public-task',
  columns: {
    schoolId: 'identifier',
    pupilId: 'identifier',
    nameFingerprint: 'pseudonym',
    contactId: 'identifier',
    joinedAtMs: 'operational',
  },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof contactAliases>

export const relationshipsHolding = {
  table: relationships,
  about: 'contact',
  purpose: 'Says how a contact stands to a pupil, and in which order contacts are asked',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    pupilId: 'identifier',
    contactId: 'identifier',
    record: 'personal',
    priority: 'circumstance',
    hasParentalResponsibility: 'circumstance',
  },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof relationships>

export const pointsHolding = {
  table: points,
  about: 'contact',
  purpose: 'Reaches contacts, staff and pupils, and knows which numbers and addresses fail',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    personKind: 'circumstance',
    personId: 'identifier',
    channel: 'circumstance',
    record: 'personal',
    fingerprint: 'pseudonym',
    position: 'operational',
    failingSinceMs: 'operational',
    failingBecause: 'operational',
  },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof points>

export const restrictionsHolding = {
  table: restrictions,
  about: 'contact',
  purpose: 'Keeps a child from harm: who must not be told what about whom',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    contactId: 'identifier',
    pupilId: 'identifier',
    scope: 'circumstance',
    record: 'personal',
    source: 'operational',
    startsAtMs: 'circumstance',
    reviewAtMs: 'circumstance',
    endedAtMs: 'circumstance',
  },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof restrictions>

export const staffHolding = {
  table: staff,
  about: 'staff',
  purpose: 'Reaches the people who work at the school',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    record: 'personal',
    nameFingerprint: 'pseudonym',
    referenceFingerprint: 'pseudonym',
    leftAtMs: 'circumstance',
    createdAtMs: 'operational',
  },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof staff>

export const groupsHolding = {
  table: groups,
  about: 'pupil',
  purpose:
    'Names registration groups, years, houses and classes, so that a message goes to one of them',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    kind: 'operational',
    record: 'personal',
    fingerprint: 'pseudonym',
  },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof groups>

export const membershipsHolding = {
  table: memberships,
  about: 'pupil',
  purpose: 'Says which pupils are in a group',
  basis: 'public-task',
  columns: { schoolId: 'identifier', groupId: 'identifier', pupilId: 'identifier' },
  keep: afterLeaving,
  destroy: 'rows',
} satisfies Holding<typeof memberships>
