import type { PhoneKind } from '#kernel'
import type { RejectedReason } from './reasons.ts'

export type { RejectedReason } from './reasons.ts'

/**
 * What a school's file says, once read and before anything is compared or stored. Everything that
 * Schoolgate does not need is already gone from it (PRODUCT 4.1); `dropped` counts what was left out.
 */
export type Roster = {
  source: RosterSource
  /** Whom the file says it is for, so that another school's file can be held. Null in a CSV. */
  school: RosterSchool | null
  /** True where a pupil who is missing from the file has left; admissions files only ever add. */
  isFull: boolean
  pupils: RosterPupil[]
  /** At most MAX_REJECTED of them, in the file's order; `moreRejected` counts the rest. */
  rejected: Rejected[]
  moreRejected: number
  dropped: Dropped[]
  /** Only from formats that have staff. */
  staff?: RosterStaff[]
  /** Pupils of whom the source says that they have gone, in a file of changes or of everybody. */
  leavers?: PupilKey[]
  /** Some of a pupil's contacts may be missing from it, so that their absence ends nothing. */
  areContactsPartial?: true
  /** The source has "do not contact" flags, set or not. CSV says so by its mapping. */
  saysNoContact?: true
}

/** `ctf` and `atf` are the DfE's Common and Admissions Transfer Files; `sims` is a SIMS report in XML. */
export type RosterSource = 'csv' | 'ctf' | 'atf' | 'sims' | 'one-roster' | 'wonde' | 'xporter'

export type RosterSchool = {
  /** The local authority's number, three digits. */
  laCode: string | null
  /** The establishment number, four digits. */
  establishment: string | null
  name: string | null
}

export type RosterPupil = {
  /** The line of the file, from 1, on which this pupil begins; in JSON the record's place in its list. */
  line: number
  key: PupilKey
  surname: string
  forename: string
  preferredForename: string | null
  middleNames: string | null
  gender: string | null
  /** ISO, 2015-11-23. */
  dateOfBirth: string | null
  /** In words: Year 4, Reception, Nursery, or what the school typed. */
  yearGroup: string | null
  registrationGroup: string | null
  house: string | null
  /** Classes and teaching groups by name, where the source has them. */
  curriculumGroups?: string[]
  phones: RosterPhone[]
  emails: string[]
  contacts: RosterContact[]
}

/** At least one part is there, or the names and the date of birth identify the pupil. */
export type PupilKey = {
  upn: string | null
  admissionNumber: string | null
  /** The application reference of an admissions file, or the pupil's id in the system it came from. */
  reference: string | null
}

export type RosterStaff = {
  line: number
  /** Their id in the school's system. */
  reference: string
  title: string | null
  forename: string
  surname: string
  phones: RosterPhone[]
  emails: string[]
  isCurrent: boolean
}

export type RosterContact = {
  line: number
  title: string | null
  forename: string | null
  surname: string
  /** In words: Mother, Step father, or what the school typed. */
  relationship: string | null
  /** 1 is called first. */
  priority: number | null
  hasParentalResponsibility: boolean | null
  language: string | null
  phones: RosterPhone[]
  emails: string[]
  /** The school's system says: do not contact. Anything but a plain no counts as yes. */
  mayNotBeContacted: boolean
  /** What the file says of writing to them; a part is left out where it says nothing. */
  wishes?: RosterWishes
}

export type RosterWishes = {
  /** Texts that are not essential. */
  sms?: boolean
  /** E-mails that are not essential. */
  email?: boolean
  /** Agreed to marketing. */
  marketing?: boolean
}

export type RosterPhone = { e164: string; kind: PhoneKind }

/** Something that was not taken: a whole row (or Pupil element), a contact, or one value. */
export type Rejected = {
  line: number
  /** The column's heading, or the element's path, as the file has it. */
  field: string
  reason: RejectedReason
  subject: 'row' | 'contact' | 'field'
  /** Where it is about somebody who works at the school. */
  of?: 'staff'
  /** What the file said, shortened: personal, so sealed when stored. */
  shown?: string
  /** Of which pupil the row is, as it names them, shortened: personal like `shown`. */
  name?: string
  /** Who a rejected row seems to be about, so that they are not taken for a leaver; of staff their reference. */
  key?: PupilKey
}

/** Columns or elements that were discarded before storage; `count` is how many held something. */
export type Dropped = { column: string; count: number; why: 'not-needed' | 'not-mapped' }

/** Why a whole file cannot be read. Nothing of it is used. */
export type FileProblem = {
  reason: FileProblemReason
  line?: number
  column?: number
  /** A short word from the file or a number, for the sentence; never a person's data. */
  detail?: string
  /** Which file of a bundle it is about. */
  file?: string
}

export type FileProblemReason =
  | 'empty-file'
  | 'too-big'
  | 'spreadsheet-not-csv'
  | 'compressed-file'
  | 'json-file'
  | 'pdf-file'
  | 'not-a-text-file'
  | 'unknown-encoding'
  | 'line-too-long'
  | 'single-column'
  | 'no-heading-row'
  | 'no-rows'
  | 'too-many-rows'
  | 'too-many-people'
  | 'too-many-columns'
  | 'wrong-number-of-cells'
  | 'stray-quote'
  | 'quote-not-closed'
  | 'mapping-does-not-fit'
  | 'has-a-doctype'
  | 'not-well-formed'
  | 'nested-too-deep'
  | 'two-roots'
  | 'not-a-transfer-file'
  | 'no-pupils'
  | 'not-json'
  | 'not-an-export'
  | 'export-failed'
  | 'zip-broken'
  | 'zip-locked'
  | 'zip-too-big'
  | 'zip-too-many-files'
  | 'zip-same-file-twice'
  | 'file-missing'
  | 'column-missing'
  | 'several-schools'

export const problem = (
  reason: FileProblemReason,
  where: Omit<FileProblem, 'reason'> = {},
): { ok: false; problem: FileProblem } => ({ ok: false, problem: { reason, ...where } })

/**
 * Pupils and contacts of one import, at most: 5,000 pupils with two contacts each, or 3,000 with four. What more
 * of them need to be compared and written, a Worker's memory does not have (`npm run bench -- memory`).
 */
export const MAX_PEOPLE = 15_000
/** Their numbers and addresses, each of which is a row of its own: three of each of 10,000 contacts. */
export const MAX_POINTS = 30_000

/** How many people, and numbers and addresses of theirs. */
export type Weight = { people: number; points: number }

export function weighed(pupils: readonly RosterPupil[]): Weight {
  const weight = { people: 0, points: 0 }
  for (const pupil of pupils) {
    for (const { phones, emails } of [pupil, ...pupil.contacts]) {
      weight.people++
      weight.points += phones.length + emails.length
    }
  }
  return weight
}

export const together = (one: Weight, other: Weight): Weight => ({
  people: one.people + other.people,
  points: one.points + other.points,
})

export const isTooMany = ({ people, points }: Weight): boolean =>
  people > MAX_PEOPLE || points > MAX_POINTS

export const tooManyPeople = () => problem('too-many-people')
