import * as audit from '#audit'
import { invariant, type Millipence } from '#kernel'
import type { School } from '#shards'
import * as store from './store.ts'

const FIRST = 'first-credit'

/**
 * The credit that a customer begins with, once: asked for again, since the first time was cut short or a form
 * was sent twice, it is there already. Nothing bought writes nothing.
 */
export async function firstCredit(school: School, amount: Millipence): Promise<void> {
  if (amount === 0) return
  await school.commit(
    school.expectNone(store.boughtAs(school, FIRST)),
    store.entered(school, 'bought', FIRST, amount),
    audit.entry(school, 'credit.bought', FIRST, { millipence: amount }),
  )
}

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
