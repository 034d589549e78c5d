import * as access from '#access'
import { parseId } from '#kernel'
import type { SchoolVisit } from '../../route.ts'
import { type Customer, customerWithArea } from '../organisations/customer.ts'

/** A request for an export, whose data it is about, and both areas with the operator's employee acting. */
export type Asked = {
  asked: access.BulkExport
  customer: Customer
  areas: access.BulkExportAreas
}

/** The request that the path names; undefined where there is none, or its customer is no more. */
export async function exportAsked(visit: SchoolVisit): Promise<Asked | undefined> {
  const id = parseId('bulk-export', visit.param('export'))
  const asked = id && (await access.findBulkExport(visit.directory, id))
  const found = asked && (await customerWithArea(visit, asked.organisationId))
  if (!asked || !found) return undefined

  const { customer, area } = found
  return { asked, customer, areas: { customer: area, own: visit.school } }
}

export const exportPath = ({ id }: Pick<access.BulkExport, 'id'>, below = ''): string =>
  `/operator/bulk-exports/${id}${below}`
