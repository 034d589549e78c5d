import * as audit from '#audit'
import { invariant, type Millipence } from '#kernel'
import type { School } from '#shards'
import * as store from './store.ts'

/** Adds credit that the school bought; `subject` names the purchase (an invoice's code). */
export async function bought(
  school: School,
  amount: Millipence,
  subject = 'credit',
): Promise<void> {
  invariant(amount > 0, 'bought credit is more than nothing')

  await school.commit(
    store.entered(school, 'bought', subject, amount),
    audit.entry(school, 'credit.bought', subject, { millipence: amount }),
  )
}
