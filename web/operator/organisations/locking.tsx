import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { readForm } from '../../form.ts'
import { Warning } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { contractRefusals, lockReasonWords } from '../../words/organisations.ts'
import { customerOf } from '../customer-of.ts'
import { type Customer, customerIn, customerPath } from './customer.ts'
import { showTurning, type Turning } from './turning-page.tsx'

const form = z.object({
  because: z.enum(schools.lockReasons, { error: 'Choose why it is locked' }),
})

/** Locks a customer’s area at once: nobody of it is signed in any more, and nothing is sent. */
export const organisationLocking = operatorRoute(
  '/operator/organisations/:organisation/locking',
  'change-organisations',
  {
    isConfirmed: true,
    get: async (visit) => {
      const customer = await lockable(visit)
      return customer ? showTurning(visit, customer, turning) : notFoundPage(visit)
    },

    post: async (visit) => {
      const [customer, school] = await Promise.all([lockable(visit), customerOf(visit)])
      if (!customer || !school) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      if (!read.ok) return showTurning(visit, customer, turning, read)

      const refusal = await schools.changeContract(visit.directory, school, 'lock', read.value)
      if (isRefusal(refusal)) {
        const errors = { because: contractRefusals[refusal.refused] }
        return showTurning(visit, customer, turning, { errors, typed: read.typed })
      }
      await access.endAllOf(visit.directory, customer.id)
      return seeOther(visit, customerPath(customer), 'contract-locked')
    },
  },
)

async function lockable(visit: SchoolVisit): Promise<Customer | undefined> {
  const customer = await customerIn(visit)
  return customer && schools.stepsFrom(customer).includes('lock') ? customer : undefined
}

const turning: Turning = {
  title: 'Lock this organisation',
  follows: (
    <Warning>
      Everybody there is signed out at once and cannot sign in. Scheduled messages are not sent.
    </Warning>
  ),
  reasons: lockReasonWords,
  button: { text: 'Lock it now', kind: 'warning' },
}
