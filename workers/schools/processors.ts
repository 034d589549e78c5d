import type { Day } from '#kernel'
import type { Product } from './product.ts'

/** What a processor does for us. */
export type Part = 'operator' | 'hosting' | 'sms' | 'email' | 'voice' | 'payment'

/**
 * Somebody who processes a customer's data for us (UK GDPR Article 28(2)). A change is made by a line
 * here: its day and the day that customers were told are part of it, and a test holds them 30 days apart.
 */
export type Party = {
  /** A kebab word: the trail names a change by it, and a carrier goes by the name that delivery knows. */
  readonly id: string
  readonly name: string
  readonly part: Part
  readonly what: string
  /** Where it keeps or handles data; `hosting` where that is wherever the platform is told to. */
  readonly where: string
  /** First day of use, and when it was announced; null where it was there when the service began. */
  readonly since: Day
  readonly announcedOn: Day | null
  /** The day from which it is no longer used, and when that was announced. */
  readonly ends?: { readonly on: Day; readonly announcedOn: Day }
  /** Stands in for real carriers where the sandbox does, and nowhere else. */
  readonly isPretend?: true
}

/** PRODUCT 2.3: a change of sub-processor is announced so many days ahead. */
export const NOTICE_DAYS = 30

const BEGAN_ON: Day = '2026-09-01'

const always = { since: BEGAN_ON, announcedOn: null } as const
const pretend = { ...always, where: 'On this computer', isPretend: true } as const

/** Every processor, past ones too for as long as a customer may ask about them. */
export const processors: readonly Party[] = [
  {
    ...always,
    id: 'schoolgate',
    name: 'Schoolgate',
    part: 'operator',
    what: 'Runs the service and helps its users',
    where: 'hosting',
  },
  {
    ...always,
    id: 'cloudflare',
    name: 'Cloudflare',
    part: 'hosting',
    what: 'Runs the computers: answers requests, and stores data that is encrypted before it gets there',
    where: 'hosting',
  },
  { ...pretend, id: 'larch', name: 'Larch', part: 'sms', what: 'Pretends to carry texts' },
  { ...pretend, id: 'rowan', name: 'Rowan', part: 'sms', what: 'Pretends to carry texts' },
  { ...pretend, id: 'birch', name: 'Birch', part: 'email', what: 'Pretends to carry e-mails' },
]

/** What each product needs done beside running it. E-mails to people with accounts need a carrier in all. */
export const partsOf = {
  'call-parents': ['operator', 'hosting', 'sms', 'email'],
  'truancy-call': ['operator', 'hosting', 'sms', 'email', 'voice'],
  'our-schools-app': ['operator', 'hosting', 'email'],
  'looked-after-call': ['operator', 'hosting', 'sms', 'email', 'voice'],
  'tell-by-text': ['operator', 'hosting', 'sms', 'email'],
  payments: ['operator', 'hosting', 'email', 'payment'],
} as const satisfies Record<Product, readonly Part[]>
