import type * as consent from '#consent'
import type { ContactId, PointId, PupilId } from '#kernel'
import type {
  ContactSaved,
  GroupSaved,
  MembershipSaved,
  PointSaved,
  PupilSaved,
  RelationshipId,
  RelationshipSaved,
  RestrictionId,
  RestrictionSaved,
} from '#people'
import type { Counts } from '../import.ts'
import type { Rejected } from '../records/roster.ts'

/** What applying a file would do, worked out and not yet done. */
export type Plan = {
  counts: Counts
  pupils: PupilPlan[]
  contacts: ContactPlan[]
  leaving: PupilId[]
  /** Restricted contacts who would not be among these pupils' contacts any more. */
  droppedContacts: DroppedContact[]
  /** What the file's reader rejected, and rows that could not be matched. */
  rejected: Rejected[]
  moreRejected: number
  writes: PlannedWrites
  /** What the file says of writing to its contacts; what that changes here, `planWishes` knows. */
  wishes: WishesTold
}

/** One pupil who is new, returns, or of whom something changes. */
export type PupilPlan = {
  id: PupilId
  isNew: boolean
  isReturning: boolean
  saved: PupilSaved
  placing: string[]
  changes: Change[]
}

/** One contact who is new, or of whom something changes. */
export type ContactPlan = { id: ContactId; isNew: boolean; saved: ContactSaved; changes: Change[] }

export type DroppedContact = { pupilId: PupilId; contactId: ContactId }

/** One thing that becomes another; null where there was or will be nothing. */
export type Change = {
  field: ChangedField
  /** Whom it is about, where that is a contact of the pupil. */
  contactId?: ContactId
  from: string | null
  to: string | null
  /** A number or an address that goes: only its id is known until it is opened to be shown. */
  pointId?: PointId
}

export type ChangedField =
  | 'surname'
  | 'forename'
  | 'preferred-forename'
  | 'middle-names'
  | 'upn'
  | 'admission-number'
  | 'gender'
  | 'date-of-birth'
  | 'year-group'
  | 'registration-group'
  | 'house'
  | 'curriculum-groups'
  | 'reference'
  | 'title'
  | 'language'
  | 'mobile'
  | 'phone'
  | 'email'
  | 'order-of-numbers'
  | 'contact'
  | 'relationship'
  | 'priority'
  | 'parental-responsibility'

export type PlannedWrites = {
  pupils: PupilSaved[]
  left: PupilId[]
  returned: PupilId[]
  contacts: ContactSaved[]
  ties: RelationshipSaved[]
  tiesEnded: RelationshipId[]
  points: PointSaved[]
  pointsEnded: PointId[]
  groups: GroupSaved[]
  /** Of these pupils all memberships are replaced by the ones given. */
  regrouped: PupilId[]
  memberships: MembershipSaved[]
  restrictions: RestrictionSaved[]
  restrictionsEnded: RestrictionId[]
}

/** What a file says of writing to numbers and addresses, before it is compared with what holds here. */
export type WishesTold = {
  nonEssential: Said
  marketing: Said
  /** It lists all who agreed to marketing: whoever is not in it has not, or not any more. */
  isEverybody: boolean
}

type Said = { yes: Map<string, consent.Wish>; no: Map<string, consent.Wish> }

export const noWrites = (): PlannedWrites => ({
  pupils: [],
  left: [],
  returned: [],
  contacts: [],
  ties: [],
  tiesEnded: [],
  points: [],
  pointsEnded: [],
  groups: [],
  regrouped: [],
  memberships: [],
  restrictions: [],
  restrictionsEnded: [],
})
