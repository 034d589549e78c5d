import type { ContactId, GroupId, PupilId, StaffId } from '#kernel'
import type { Fingerprint } from '#vault'
import type { Channel, PersonId, PersonKind, Point } from './point.ts'
import type { PupilRecord } from './pupil.ts'
import type { Standing } from './restriction.ts'

/** Whom a message is addressed to, by id. */
export type Addressed = {
  everyPupil: boolean
  pupils: readonly PupilId[]
  groups: readonly GroupId[]
  contacts: readonly ContactId[]
  everyStaff: boolean
  staff: readonly StaffId[]
}

/** Everybody who comes into question for a message, with all that decides whether they get it. */
export type Circle = {
  pupils: CirclePupil[]
  staff: CirclePerson[]
  /** Contacts written to by themselves, not through a child. */
  direct: CirclePerson[]
  /** Numbers and addresses that reach somebody restricted about a child of a direct contact. */
  restrictedFingerprints: Set<Fingerprint>
}

export type CirclePupil = {
  id: PupilId
  record: PupilRecord
  yearGroup: string | null
  registrationGroup: string | null
  hasLeft: boolean
  points: Point[]
  contacts: CircleContact[]
  /**
   * Numbers and addresses that reach somebody restricted about this child, whoever else has them.
   * A father under a no-contact order is not told where his child is on a phone he shares.
   */
  restrictedFingerprints: Set<Fingerprint>
}

export type CirclePerson = {
  kind: PersonKind
  id: PersonId
  name: string
  /** As the MIS gives it; null is English. */
  language: string | null
  points: Point[]
  /** For a direct contact the strictest of any of theirs; for staff always `none`. */
  restriction: Standing
}

export type CircleContact = CirclePerson & {
  id: ContactId
  priority: number | null
  hasParentalResponsibility: boolean
}

/** Whose number or address it is. */
export type Owner = { kind: PersonKind; id: PersonId; name: string }

/** A number or an address that does not work, for the Data Manager to mend. */
export type FailingPoint = {
  point: Point
  channel: Channel
  owner: Owner
  /** The owner's children on roll. */
  pupils: { id: PupilId; name: string; yearGroup: string | null }[]
}
