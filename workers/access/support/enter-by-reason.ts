import type { Directory, School } from '#shards'
import { begin, type Employee, type Entered } from './begin.ts'

/**
 * PRODUCT 3.8: an Administrator of the operator goes into a customer's area without a code: with a
 * reason, which the customer reads, and at the level of its Administrator, without grants. Who may is
 * said in `web/may.ts`.
 */
export const enterByReason = (
  directory: Directory,
  customer: School,
  employee: Employee,
  reason: string,
): Promise<Entered> =>
  begin(directory, customer, employee, {
    role: 'administrator',
    yearGroups: null,
    screenedBy: null,
    reason,
  })
