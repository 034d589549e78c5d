import type { ContactId, PupilId } from '#kernel'
import type { Channel } from './point.ts'

/** A pupil about whom too few people can be told anything. */
export type ThinlyReached = {
  id: PupilId
  name: string
  yearGroup: string | null
  contacts: number
  /** Those of them who have a number or address that works, and may be told. */
  reachable: number
}

/** A contact with the pupils whose contact they are. */
export type Named = { id: ContactId; name: string; pupils: { id: PupilId; name: string }[] }

/** A number or an address that several contacts have. */
export type SharedPoint = { channel: Channel; value: string; contacts: Named[] }

/** Two records that seem to be one person: the same name, and a child, a number or an address in common. */
export type Duplicate = { contacts: [Named, Named]; sharesChild: boolean; sharesPoint: boolean }

/** Some of a list, and how long it is. */
export type Part<T> = { total: number; shown: T[] }

/** What is amiss with the contact data of a school, for whoever puts it right. */
export type Quality = {
  unreachable: Part<ThinlyReached>
  fewContacts: Part<ThinlyReached>
  shared: Part<SharedPoint>
  duplicates: Part<Duplicate>
  /** Numbers and addresses that messages do not reach; `failingPoints` lists them. */
  failing: number
}

/** How many of each kind are shown: a morning's work. The count says how many there are. */
export const QUALITY_SHOWN = 50

/** Keeping children safe in education (DfE, statutory): more than one emergency contact for each pupil. */
export const FEWEST_CONTACTS = 2
