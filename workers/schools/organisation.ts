import type { Millipence, OrganisationId } from '#kernel'
import type { DfeNumber } from './dfe-number.ts'
import type { Product } from './product.ts'

export const organisationKinds = ['school', 'authority', 'trust', 'operator'] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** PRODUCT 2.4. Of a locked organisation nobody signs in and nothing sends. */
export const contractStates = ['trial', 'active', 'notice', 'locked', 'purged'] as const
export type ContractState = (typeof contractStates)[number]

/** A customer of ours, or the operator itself. Its name is a public body's: it is kept plain. */
export type Organisation = {
  id: OrganisationId
  kind: OrganisationKind
  name: string
  state: ContractState
  /** The trust that a school belongs to, if any. */
  partOf: OrganisationId | null
  products: Product[]
  /** Who supplies its management information system: a processor of its own (PRODUCT 2.3). */
  misSupplier: string | null
  /** Of a school, where the operator has entered it: files of another school are held by it. */
  dfeNumber: DfeNumber | null
  /** First day of the contract, as `2026-09-01`. */
  startsOn: string | null
  /** The day from whose beginning, in London, the area is locked: set by notice, or for a trial. */
  endsOn: string | null
  /** E.164. No two schools text from one number, so that an answer finds its school. */
  textsFrom: string | null
  emailFrom: string | null
  /** For each part of a text. */
  smsPriceMillipence: Millipence
  /** Passwords are changed after so many days, 30 to 365; null for never (PRODUCT 3.2). */
  passwordDays: number | null
  /** A session left alone ends after this; however busy, after the other (PRODUCT 3.4). */
  idleMinutes: number
  absoluteHours: number
  createdAtMs: number
}

/** Whom to write to at an organisation: sealed under its own key. */
export type OrganisationContacts = {
  address: string
  contactName: string
  contactEmail: string
  contactPhone: string
  dataProtectionOfficerName: string
  dataProtectionOfficerEmail: string
}

export const DEFAULT_IDLE_MINUTES = 30
export const DEFAULT_ABSOLUTE_HOURS = 12

export const isOpen = (organisation: Pick<Organisation, 'state'>): boolean =>
  organisation.state !== 'locked' && organisation.state !== 'purged'

export const hasProduct = (
  organisation: Pick<Organisation, 'products'>,
  product: Product,
): boolean => organisation.products.includes(product)
