import type { ContactId, PointId, PupilId, StaffId } from '#kernel'
import type { Fingerprint } from '#vault'

/** How a person is reached. A landline is `voice`: it cannot take a text. */
export type Channel = 'sms' | 'email' | 'voice'
export type PersonKind = 'contact' | 'pupil' | 'staff'
export type PersonId = ContactId | PupilId | StaffId

/** An E.164 number or an e-mail address. */
export type PointRecord = { value: string }

/** A number or an address by which a person is reached. */
export type Point = {
  id: PointId
  channel: Channel
  value: string
  fingerprint: Fingerprint
  /** Order in which the person's points of one channel are tried, from 1. */
  position: number
  /** Messages to it fail for good. */
  isFailing: boolean
  failingSinceMs: number | null
  /** The delivery's word for it; null while it works. */
  failingBecause: string | null
}

/** Mobiles first, then other telephones, then addresses; each in the order in which it is tried. */
export const byChannel = (a: Point, b: Point): number =>
  channels.indexOf(a.channel) - channels.indexOf(b.channel) || a.position - b.position

const channels: readonly Channel[] = ['sms', 'voice', 'email']

/** Which of the shared words a point's fingerprint is made with: a text and a call reach one number. */
export const fingerprintKind = (channel: Channel): 'phone' | 'email' =>
  channel === 'email' ? 'email' : 'phone'
