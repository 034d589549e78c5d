import type { ContactId, PupilId } from '#kernel'
import type * as people from '#people'
import type { Fingerprint } from '#vault'
import type { RosterWishes } from '../records/roster.ts'
import type { KnownContact } from './known.ts'
import type { MatchedPupil } from './match-pupils.ts'

/** A number or an address as the file gives it, with what it is found again by. */
export type FilePoint = { channel: people.Channel; value: string; fingerprint: Fingerprint }

/** One contact of the file: several rows where siblings share a parent. */
export type FileContact = {
  id: ContactId
  known: KnownContact | undefined
  nameFingerprint: Fingerprint
  record: people.ContactRecord
  /** All that any of the rows gives, in the order given. */
  points: FilePoint[]
}

/** How a contact stands to one pupil, as the file says it. */
export type FileTie = {
  contact: FileContact
  relationship: string | null
  priority: number | null
  hasParentalResponsibility: boolean | null
  mayNotBeContacted: boolean
  wishes: RosterWishes
}

export type FilePupil = MatchedPupil & { id: PupilId; points: FilePoint[]; ties: FileTie[] }
export type Joined = { pupils: FilePupil[]; contacts: FileContact[] }
