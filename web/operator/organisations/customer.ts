import { parseId } from '#kernel'
import * as schools from '#schools'
import type { Organisation } from '#schools'
import type { SchoolVisit } from '../../route.ts'
import type { CustomerKind } from './answers.ts'

export type Customer = Organisation & { kind: CustomerKind }

/** The customer that the path names. The operator itself is none: it is set up before there are pages. */
export async function customerIn(visit: SchoolVisit): Promise<Customer | undefined> {
  const id = parseId('organisation', visit.param('organisation'))
  const found = id && (await schools.find(visit.directory, id))
  return found && isCustomer(found) ? found : undefined
}

/** "/operator/organisations/org_…", and a page below it. */
export const customerPath = ({ id }: Pick<Organisation, 'id'>, below = ''): string =>
  `/operator/organisations/${id}${below}`

const isCustomer = (organisation: Organisation): organisation is Customer =>
  organisation.kind !== 'operator'
