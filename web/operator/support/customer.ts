import { z } from 'zod'
import type * as access from '#access'
import * as schools from '#schools'
import type { SchoolVisit } from '../../route.ts'
import { reasonWords } from '../../words/support.ts'
import { type CustomerWithArea, customerWithArea } from '../organisations/customer.ts'

/** The school that the path names; undefined where there is none, or its contract has ended. */
export async function schoolAsked(visit: SchoolVisit): Promise<CustomerWithArea | undefined> {
  const found = await customerWithArea(visit)
  const isIn = found?.customer.kind === 'school' && schools.isOpen(found.customer)
  return isIn ? found : undefined
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
