import { type MessageId, millipence, type Millipence, type UserId } from '#kernel'
import type { Audience, ContactRule } from './audience.ts'

/** What a message is for. Emergency and attendance reach people who said STOP (PRODUCT 6.4). */
export type Category = 'emergency' | 'attendance' | 'operational' | 'engagement' | 'marketing'
export type MessageChannel = 'sms' | 'email'

/**
 * draft → scheduled → sending → sent; scheduled → cancelled; scheduled → held (no credit) →
 * scheduled. `sent` means that every parcel has a final or last-known state with the carrier.
 */
export type State = 'draft' | 'scheduled' | 'sending' | 'sent' | 'held' | 'cancelled'

/** What was written, and the school's name as it was then: sealed. The subject is for e-mail only. */
export type MessageContent = { subject: string | null; text: string; schoolName: string }

/** Why a message did not leave when it was due, and waits for somebody. */
export type HeldBecause =
  | 'no-credit'
  | 'keys-gone'
  | 'too-many-recipients'
  | 'locked'
  | 'fault'
  | 'no-carrier'
  | 'not-subscribed'

/** One send, from draft to the last delivery. */
export type Message = {
  id: MessageId
  state: State
  category: Category
  channel: MessageChannel
  contactRule: ContactRule
  audience: Audience
  content: MessageContent
  authorId: UserId
  /** Years that the author may write to, then as now; null is every year. */
  withinYears: string[] | null
  dueAtMs: number | null
  createdAtMs: number
  startedAtMs: number | null
  finishedAtMs: number | null
  heldBecause: HeldBecause | null
  parcels: number
  priceMillipence: Millipence
  /** What a part of a text costs; agreed when it is scheduled. */
  smsPriceMillipence: Millipence
}

/** Who writes: what they may see and reach follows from it. `years` null is every year. */
export type Author = {
  id: UserId
  years: readonly string[] | null
  seesAll: boolean
  /** Left out is no: an emergency wakes people, overtakes everything and may overdraw the account. */
  sendsEmergencies?: boolean
}

const allowedWhile = {
  edit: ['draft'],
  schedule: ['draft', 'held'],
  cancel: ['scheduled', 'held'],
  discard: ['draft'],
} satisfies Record<string, State[]>

export const can = (action: keyof typeof allowedWhile, message: { state: State }): boolean =>
  (allowedWhile[action] as readonly State[]).includes(message.state)

/** Emergencies overtake everything; attendance overtakes the rest. */
export const urgencyOf = (category: Category): number =>
  category === 'emergency' ? 0 : category === 'attendance' ? 1 : 2

/** Quiet hours hold everything but an emergency (PRODUCT 6.5). */
export const isEmergency = (message: { category: Category }): boolean =>
  message.category === 'emergency'

/** How far an emergency may overdraw a school's account: £500, some 20,000 texts of one part. */
export const EMERGENCY_OVERDRAFT = millipence(50_000)

/** What must be in the account for a message of this price to go. */
export const neededFor = (message: { category: Category }, price: Millipence): Millipence =>
  (isEmergency(message) ? price - EMERGENCY_OVERDRAFT : price) as Millipence

export const states = [
  'draft',
  'scheduled',
  'held',
  'sending',
  'sent',
  'cancelled',
] as const satisfies readonly State[]

export const categories = [
  'operational',
  'attendance',
  'emergency',
  'engagement',
  'marketing',
] as const satisfies readonly Category[]

export const contactRules = [
  'parental-responsibility',
  'first-two',
  'first',
  'everyone',
  'pupils-themselves',
] as const satisfies readonly ContactRule[]
