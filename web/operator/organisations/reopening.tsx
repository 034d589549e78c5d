import { z } from 'zod'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute } from '../../route.ts'
import { contractRefusal, reopenReasonWords } from '../../words/organisations.ts'
import { type Customer, customerIn, customerPath, customerWithArea } from './customer.ts'
import { showTurning, type Turning } from './turning-page.tsx'

const form = z.object({
  because: z.enum(schools.reopenReasons, { error: 'Choose why it is opened again' }),
})

/** Opens a locked area again, while it has not been purged. */
export const organisationReopening = operatorRoute(
  '/operator/organisations/:organisation/reopening',
  'change-organisations',
  {
    isConfirmed: true,
    get: async (visit) => {
      const customer = await customerIn(visit)
      if (!customer) return notFoundPage(visit)
      if (isLocked(customer)) return showTurning(visit, customer, turning)
      return seeOther(visit, customerPath(customer, '/contract'))
    },

    post: async (visit) => {
      const found = await customerWithArea(visit)
      if (!found) return notFoundPage(visit)
      const { customer, area } = found
      const read = await readForm(visit.c, form)
      if (!read.ok) return showTurning(visit, customer, turning, read)

      const refusal = await schools.changeContract(visit.directory, area, 'reopen', read.value)
      if (isRefusal(refusal)) {
        const errors = { because: contractRefusal(refusal) }
        return showTurning(visit, customer, turning, { errors, typed: read.typed })
      }
      return seeOther(visit, customerPath(customer), 'contract-reopened')
    },
  },
)

const isLocked = (customer: Customer): boolean => schools.stepsFrom(customer).includes('reopen')

const turning: Turning = {
  title: 'Open this organisation again',
  follows: (
    <p class="govuk-body">
      Its people can sign in again, with the accounts that they had. The contract is active and has
      no end date. Messages that came due while it was locked were held: somebody there looks at
      them before they go.
    </p>
  ),
  reasons: reopenReasonWords,
  button: { text: 'Open it again', kind: 'primary' },
}
