import { z } from 'zod'
import * as access from '#access'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, Form, Warning } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { keepSession } from '../../session-cookie.ts'
import { type Customer, customerPath } from '../organisations/customer.ts'
import { employeeOf, reason, schoolAsked } from './customer.ts'
import { ReasonField } from './reason-field.tsx'

const form = z.object({ reason })

/** PRODUCT 3.8: into a school's area without a code, by an Administrator of the operator, with a reason. */
export const supportEntry = operatorRoute(
  '/operator/organisations/:organisation/entry',
  'enter-by-reason',
  {
    isConfirmed: true,
    get: async (visit) => {
      const found = await schoolAsked(visit)
      return found ? show(visit, found.customer, {}, {}) : notFoundPage(visit)
    },

    post: async (visit) => {
      const found = await schoolAsked(visit)
      if (!found) return notFoundPage(visit)
      const { customer, area } = found
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, customer, read.errors, read.typed)

      const employee = employeeOf(visit)
      const why = read.value.reason
      const entered = await access.enterByReason(visit.directory, area, employee, why)
      keepSession(visit.c, entered.token)
      return seeOther(visit, '/school', 'support-entered')
    },
  },
)

function show(
  visit: SchoolVisit,
  customer: Customer,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  return formPage(
    visit,
    {
      title: 'Go in with a reason',
      caption: customer.name,
      back: { href: customerPath(customer) },
      errors,
    },
    <>
      <Warning>
        Nobody at {customer.name} has asked you to come in. Its Administrators see at once that you
        are there, your name and your reason, and can end it. You are in for 30 minutes, as an
        Administrator without Attendance, Safeguarding or Payments.
      </Warning>
      <p class="govuk-body">
        Where somebody of the school is on the telephone,{' '}
        <a class="govuk-link" href={customerPath(customer, '/screening')}>
          ask them for a code
        </a>{' '}
        instead.
      </p>
      <Form action={customerPath(customer, '/entry')}>
        <ReasonField value={typed.reason} error={errors.reason} />
        <Button kind="warning">Go in</Button>
      </Form>
    </>,
  )
}
