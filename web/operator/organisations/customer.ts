import { type OrganisationId, parseId } from '#kernel'
import * as schools from '#schools'
import type { Organisation } from '#schools'
import type { School } from '#shards'
import type { SchoolVisit } from '../../route.ts'
import { customerOf } from '../customer-of.ts'
import type { CustomerKind } from './answers.ts'

export type Customer = Organisation & { kind: CustomerKind }

/** Who a customer is, and its area with the operator’s employee acting in it. */
export type CustomerWithArea = { customer: Customer; area: School }

/** The customer that the path names. The operator itself is none: it is set up before there are pages. */
export async function customerIn(
  visit: SchoolVisit,
  id: OrganisationId | undefined = idIn(visit),
): Promise<Customer | undefined> {
  const found = id && (await schools.find(visit.directory, id))
  return found && isCustomer(found) ? found : undefined
}

/** The same, where something is done or looked at in its area: undefined also where that is no more. */
export async function customerWithArea(
  visit: SchoolVisit,
  id: OrganisationId | undefined = idIn(visit),
): Promise<CustomerWithArea | undefined> {
  const [customer, area] = await Promise.all([customerIn(visit, id), customerOf(visit, id)])
  return customer && area && { customer, area }
}

/** "/operator/organisations/org_…", and a page below it. */
export const customerPath = ({ id }: Pick<Organisation, 'id'>, below = ''): string =>
  `/operator/organisations/${id}${below}`

const idIn = ({ param }: SchoolVisit): OrganisationId | undefined =>
  parseId('organisation', param('organisation'))

const isCustomer = (organisation: Organisation): organisation is Customer =>
  organisation.kind !== 'operator'
