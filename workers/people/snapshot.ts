import type { ContactId, GroupId, Id, PointId, PupilId, StaffId } from '#kernel'
import type { Fingerprint } from '#vault'
import type { ContactRecord } from './contact.ts'
import type { GroupKind } from './group.ts'
import type { Channel, PersonId, PersonKind } from './point.ts'
import type { PupilRecord } from './pupil.ts'
import type { RestrictionRecord, RestrictionScope, RestrictionSource } from './restriction.ts'
import type { StaffRecord } from './staff.ts'

export type RelationshipId = Id<'relationship'>

/** Everything an import compares with: fingerprints and digests, so that hardly anything is opened. */
export type Snapshot = {
  pupils: {
    id: PupilId
    upnFingerprint: Fingerprint | null
    admissionFingerprint: Fingerprint | null
    nameFingerprint: Fingerprint
    referenceFingerprint: Fingerprint | null
    digest: Fingerprint
    leftAtMs: number | null
  }[]
  contacts: { id: ContactId; nameFingerprint: Fingerprint; digest: Fingerprint }[]
  /** Names under which records come that were joined to these contacts, each at one pupil. */
  aliases: { pupilId: PupilId; nameFingerprint: Fingerprint; contactId: ContactId }[]
  relationships: {
    id: RelationshipId
    pupilId: PupilId
    contactId: ContactId
    priority: number | null
    hasParentalResponsibility: boolean
  }[]
  points: {
    id: PointId
    personKind: PersonKind
    personId: PersonId
    channel: Channel
    fingerprint: Fingerprint
    position: number
  }[]
  groups: { id: GroupId; kind: GroupKind; fingerprint: Fingerprint; name: string }[]
  memberships: { groupId: GroupId; pupilId: PupilId }[]
  /** All that have not ended: an import must not lose sight of those that the school laid. */
  restrictions: {
    id: Id<'restriction'>
    contactId: ContactId
    pupilId: PupilId | null
    source: RestrictionSource
    startsAtMs: number
  }[]
}

/** Rows to save: in the clear, sealed by the store that saves them. A row with a known id is changed. */
export type PupilSaved = {
  id: PupilId
  record: PupilRecord
  digest: Fingerprint
  /** See `pupilReferenceKey`; one that is known stays where none is given. */
  referenceFingerprint?: Fingerprint | null
}
export type ContactSaved = { id: ContactId; record: ContactRecord; digest: Fingerprint }
export type RelationshipSaved = {
  id: RelationshipId
  pupilId: PupilId
  contactId: ContactId
  relationship: string | null
  priority: number | null
  hasParentalResponsibility: boolean
}
export type PointSaved = {
  id: PointId
  personKind: PersonKind
  personId: PersonId
  channel: Channel
  /** E.164, or an e-mail address as `parseEmail` gives it. */
  value: string
  position: number
}
export type GroupSaved = { id: GroupId; kind: GroupKind; name: string }
export type MembershipSaved = { groupId: GroupId; pupilId: PupilId }
export type RestrictionSaved = {
  id: Id<'restriction'>
  contactId: ContactId
  pupilId: PupilId | null
  scope: RestrictionScope
  record: RestrictionRecord
  source: RestrictionSource
  startsAtMs: number
  reviewAtMs: number | null
}
/** `reference`: their id in the school's system; one that is known stays where none is given. */
export type StaffSaved = { id: StaffId; record: StaffRecord; reference?: string }

/** A member of staff as an import compares with them; the few there are can be opened. */
export type StaffKnown = {
  id: StaffId
  record: StaffRecord
  nameFingerprint: Fingerprint
  referenceFingerprint: Fingerprint | null
  leftAtMs: number | null
}
