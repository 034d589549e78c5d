import type { Millipence, OrganisationId } from '#kernel'

export type OrganisationKind = 'school' | 'authority' | 'operator'

/** PRODUCT 2.4. Of a locked organisation nobody signs in and nothing sends. */
export type ContractState = 'trial' | 'active' | 'notice' | 'locked'

/** A customer of ours, or the operator itself. Its name is a public body's: it is kept plain. */
export type Organisation = {
  id: OrganisationId
  kind: OrganisationKind
  name: string
  state: ContractState
  /** E.164. No two schools text from one number, so that an answer finds its school. */
  textsFrom: string | null
  emailFrom: string | null
  /** For each part of a text. */
  smsPriceMillipence: Millipence
  createdAtMs: number
}

export const isOpen = (organisation: Pick<Organisation, 'state'>): boolean =>
  organisation.state !== 'locked'
