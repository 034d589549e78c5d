/**
 * People own whom a school knows: pupils, contacts and how they stand to each other, staff, groups,
 * numbers and addresses, and the restrictions that courts and schools lay on contacts. They promise
 * that a restriction that cannot be read holds as if it said everything, that what somebody was not
 * granted is not found, and that opening a person's record leaves a trail. They never send anything
 * and never decide who is written to: `circle` hands over everybody with all that decides it.
 */
export { addRestriction, type AddRefusal, type RestrictionGiven } from './add-restriction.ts'
export type {
  Addressed,
  Circle,
  CircleContact,
  CirclePerson,
  CirclePupil,
  FailingPoint,
  Owner,
} from './circle.ts'
export {
  byPriority,
  type Child,
  type Contact,
  contactName,
  type ContactRecord,
  type PupilContact,
  type Tie,
} from './contact.ts'
export { endRestriction, type EndedBecause, type EndRefusal } from './end-restriction.ts'
export { fold } from './fold.ts'
export { byGroupName, type Group, type GroupKind } from './group.ts'
export {
  contactAliasesHolding,
  contactsHolding,
  groupsHolding,
  membershipsHolding,
  pointsHolding,
  pupilsHolding,
  relationshipsHolding,
  restrictionsHolding,
  staffHolding,
} from './holdings.ts'
export {
  contactKey,
  groupKey,
  pointKey,
  pupilKeys,
  pupilReferenceKey,
  type PupilKeys,
  staffKey,
  staffReferenceKey,
} from './keys.ts'
export { type Mending, type MendRefusal, mendPoint, type PointProblem } from './mend-point.ts'
export { type Channel, type PersonId, type PersonKind, type Point } from './point.ts'
export {
  bySurname,
  firstName,
  fullName,
  isWithin,
  type Placing,
  type Pupil,
  type PupilLine,
  type PupilRecord,
} from './pupil.ts'
export {
  type Restriction,
  type RestrictionId,
  type RestrictionRecord,
  type RestrictionScope,
  scopes,
  type Standing,
} from './restriction.ts'
export { isNamed, matching } from './search.ts'
export type {
  ContactSaved,
  GroupSaved,
  MembershipSaved,
  PointSaved,
  PupilSaved,
  RelationshipId,
  RelationshipSaved,
  RestrictionSaved,
  Snapshot,
  StaffKnown,
  StaffSaved,
} from './snapshot.ts'
export { type StaffMember, staffName, type StaffRecord } from './staff.ts'
export { circle } from './store/circle.ts'
export { contactsSaved, findContact } from './store/contacts.ts'
export { everyoneNamed, type Someone } from './store/everyone.ts'
export { countFailing, MOST_FAILING_LISTED, ownersOf } from './store/failing.ts'
export { groupsSaved, listGroups, membershipsReplaced, placings } from './store/groups.ts'
export {
  findPoint,
  fingerprintsOf,
  pointsEnded,
  pointsFailed,
  pointsSaved,
  pointsWorking,
} from './store/points.ts'
export {
  countPupils,
  find,
  list,
  pupilRecords,
  pupilsLeft,
  pupilsReturned,
  pupilsSaved,
  search,
} from './store/pupils.ts'
export {
  contactRecords,
  relationshipsEnded,
  relationshipsSaved,
  relationshipWords,
} from './store/relationships.ts'
export {
  countRestrictions,
  findRestriction,
  noRestrictionSince,
  restrictionsEnded,
  restrictionsOf,
  restrictionsSaved,
} from './store/restrictions.ts'
export { knownPupils, snapshot } from './store/snapshot.ts'
export { listStaff, staffKnown, staffLeft, staffSaved, staffWhoLeft } from './store/staff.ts'
export {
  viewContact,
  viewFailing,
  viewPupil,
  viewRestriction,
  viewRestrictions,
  viewRestrictionsOf,
  viewStaff,
} from './view.ts'
export { joinContacts, type JoinRefusal } from './join-contacts.ts'
export {
  type Duplicate,
  FEWEST_CONTACTS,
  type Named,
  type Part,
  type Quality,
  QUALITY_SHOWN,
  type SharedPoint,
  type ThinlyReached,
} from './quality.ts'
export { viewQuality } from './view-quality.ts'
export { areDuplicates, countUnreachable } from './store/quality.ts'
