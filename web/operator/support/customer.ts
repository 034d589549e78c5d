import { z } from 'zod'
import type * as access from '#access'
import { parseId } from '#kernel'
import * as schools from '#schools'
import type { School } from '#shards'
import type { SchoolVisit } from '../../route.ts'
import { reasonWords } from '../../words/support.ts'
import { customerOf } from '../customer-of.ts'

/** Who is asked for, and their area with the operator's employee acting. */
export type Customer = { organisation: schools.Organisation; area: School }

/** The school that the path names; undefined where there is none, or its contract has ended. */
export async function schoolAsked(visit: SchoolVisit): Promise<Customer | undefined> {
  const found = await customerAsked(visit)
  const isIn = found?.organisation.kind === 'school' && schools.isOpen(found.organisation)
  return isIn ? found : undefined
}

/** The customer that the path names, of whatever kind; never the operator itself. */
export async function customerAsked(visit: SchoolVisit): Promise<Customer | undefined> {
  const id = parseId('organisation', visit.param('organisation'))
  const organisation = id && (await schools.find(visit.directory, id))
  if (!organisation || organisation.kind === 'operator') return undefined
  const area = await customerOf(visit)
  return area && { organisation, area }
}

/** Who wants to be in, by which session. */
export const employeeOf = ({ user, standing, school }: SchoolVisit): access.Employee => ({
  id: user.id,
  role: user.role,
  sessionId: standing.session.id,
  school,
})

/** Why somebody of the operator wants to be where they are not at home. */
export const reason = z
  .string({ error: reasonWords.short })
  .trim()
  .min(10, reasonWords.short)
  .max(500, reasonWords.long)
