import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { readForm } from '../../form.ts'
import { Warning } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute } from '../../route.ts'
import { contractRefusal, lockReasonWords } from '../../words/organisations.ts'
import { type Customer, customerIn, customerPath, customerWithArea } from './customer.ts'
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
      const customer = await customerIn(visit)
      return customer && isLockable(customer)
        ? showTurning(visit, customer, turning)
        : notFoundPage(visit)
    },

    post: async (visit) => {
      const found = await customerWithArea(visit)
      if (!found || !isLockable(found.customer)) return notFoundPage(visit)
      const { customer, area } = found
      const read = await readForm(visit.c, form)
      if (!read.ok) return showTurning(visit, customer, turning, read)

      const refusal = await schools.changeContract(visit.directory, area, 'lock', read.value)
      if (isRefusal(refusal)) {
        const errors = { because: contractRefusal(refusal) }
        return showTurning(visit, customer, turning, { errors, typed: read.typed })
      }
      await access.endAllOf(visit.directory, customer.id)
      return seeOther(visit, customerPath(customer), 'contract-locked')
    },
  },
)

const isLockable = (customer: Customer): boolean => schools.stepsFrom(customer).includes('lock')

const turning: Turning = {
  title: 'Lock this organisation',
  follows: (
    <>
      <Warning>
        Everybody there is signed out at once and cannot sign in. Nothing is sent, and its agents
        are refused.
      </Warning>
      <p class="govuk-body">
        It can be opened again within 14 days of being locked. After that the personal data held for
        it, and its messages, are due to be destroyed for good.
      </p>
    </>
  ),
  reasons: lockReasonWords,
  button: { text: 'Lock it now', kind: 'warning' },
}
