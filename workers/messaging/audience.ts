import type { ContactId, GroupId, PupilId, StaffId } from '#kernel'

/** Whom a message is addressed to, as chosen: ids only. Pupils and groups mean their contacts, by rule. */
export type Audience = {
  everyPupil: boolean
  pupils: PupilId[]
  groups: GroupId[]
  everyStaff: boolean
  staff: StaffId[]
  /** One person written to directly, as when answering a reply. */
  contacts: ContactId[]
}

/** Which of a pupil's contacts (PRODUCT 6.1), or the pupils themselves. */
export type ContactRule =
  | 'parental-responsibility'
  | 'first-two'
  | 'first'
  | 'everyone'
  | 'pupils-themselves'

export const nobody: Audience = {
  everyPupil: false,
  pupils: [],
  groups: [],
  everyStaff: false,
  staff: [],
  contacts: [],
}

/** Ids chosen one by one, of each kind: a whole roll, and no more. */
export const MAX_CHOSEN = 3_000

export const isNobody = (audience: Audience): boolean =>
  !isAboutPupils(audience) && !hasOthers(audience)

/** Whether anyone is reached for the sake of a pupil. */
export const isAboutPupils = (audience: Audience): boolean =>
  audience.everyPupil || audience.pupils.length + audience.groups.length > 0

/** Whether anyone is reached for no pupil's sake, so that a pupil's name has nothing to stand for. */
export const hasOthers = (audience: Audience): boolean =>
  audience.everyStaff || audience.staff.length + audience.contacts.length > 0

/** Whether it answers what somebody wrote: contacts are never chosen in any other way. */
export const isAnswering = (audience: Audience): boolean => audience.contacts.length > 0

export const isTooMany = (audience: Audience): boolean =>
  [audience.pupils, audience.groups, audience.staff, audience.contacts].some(
    (list) => list.length > MAX_CHOSEN,
  )
