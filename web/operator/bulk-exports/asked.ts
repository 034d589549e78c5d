import * as access from '#access'
import { parseId } from '#kernel'
import * as schools from '#schools'
import type { SchoolVisit } from '../../route.ts'
import { customerOf } from '../customer-of.ts'

/** A request for an export, whose data it is about, and both areas with the operator's employee acting. */
export type Asked = {
  asked: access.BulkExport
  organisation: schools.Organisation
  areas: access.BulkExportAreas
}

/** The request that the path names; undefined where there is none, or its customer is no more. */
export async function exportAsked(visit: SchoolVisit): Promise<Asked | undefined> {
  const { directory } = visit
  const id = parseId('bulk-export', visit.param('export'))
  const asked = id && (await access.findBulkExport(directory, id))
  const organisation = asked && (await schools.find(directory, asked.organisationId))
  if (!asked || !organisation) return undefined

  const customer = await customerOf(visit, organisation.id)
  return customer && { asked, organisation, areas: { customer, own: visit.school } }
}

export const exportPath = ({ id }: Pick<access.BulkExport, 'id'>, below = ''): string =>
  `/operator/bulk-exports/${id}${below}`
