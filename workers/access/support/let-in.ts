import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { counted, GUESSES_WITHIN_MS, takenBack } from '../throttle.ts'
import { begin, type Employee, type Entered } from './begin.ts'
import { readCode } from './code.ts'
import { type AskedLevel, lendersOf } from './level.ts'
import * as store from './store.ts'

/** What the operator's employee typed: the code that was read out to them, and why they want in. */
export type Screening = { code: string; level: AskedLevel; reason: string }

/**
 * Lets an employee of the operator into a school's area by a code that somebody of the school read out
 * (PRODUCT 3.6), at that person's level or lower. A wrong code, an old or used one, one of another
 * school, and one that does not lend the level are one answer. Guesses are counted for the employee and
 * for the school.
 *
 * `customer` is the school's area with the employee acting: its trail tells of each refusal.
 */
export async function letIn(
  directory: Directory,
  customer: School,
  employee: Employee,
  { code, level, reason }: Screening,
): Promise<Entered | Refusal<'not-this-code' | 'throttled'>> {
  const guess = await counted(directory, [
    ['screening-by', employee.id],
    ['screening-at', customer.id],
  ])
  if (!guess) return noted(customer, employee, 'throttled')

  const read = readCode(code)
  const lent = read && (await store.codeUsed(directory, customer.id, read, lendersOf(level)))
  if (!lent) return noted(customer, employee, 'not-this-code')

  await directory.write(takenBack(guess))
  const role = level === 'theirs' ? lent.role : level
  const { screenedBy, yearGroups } = lent
  return begin(directory, customer, employee, { role, yearGroups, screenedBy, reason })
}

/** The school's trail tells that somebody tried; of tries without end it tells once in five minutes. */
async function noted<Reason extends 'not-this-code' | 'throttled'>(
  customer: School,
  { id }: Employee,
  because: Reason,
): Promise<Refusal<Reason>> {
  const sinceMs = customer.clock.now() - GUESSES_WITHIN_MS
  await customer.commit(
    because === 'throttled' ? [audit.noneSince(customer, REFUSED, id, { because, sinceMs })] : [],
    audit.entry(customer, REFUSED, id, { because }),
  )
  return refuse(because)
}

const REFUSED = 'support.refused'
