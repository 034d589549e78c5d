import { z } from 'zod'
import * as access from '#access'
import { notFoundPage } from '../../error-pages.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import {
  BackLink,
  Button,
  ErrorSummary,
  Form,
  PageHeading,
  Textarea,
  Warning,
} from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { keepSession } from '../../session-cookie.ts'
import { type Customer, employeeOf, reason, schoolAsked } from './customer.ts'

const form = z.object({ reason })

/** PRODUCT 3.8: into a school's area without a code, by an Administrator of the operator, with a reason. */
export const supportEntry = operatorRoute(
  '/operator/organisations/:organisation/entry',
  'enter-by-reason',
  {
    isConfirmed: true,
    get: async (visit) => {
      const customer = await schoolAsked(visit)
      return customer ? show(visit, customer, {}, {}) : notFoundPage(visit)
    },

    post: async (visit) => {
      const customer = await schoolAsked(visit)
      if (!customer) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, customer, read.errors, read.typed)

      const employee = employeeOf(visit)
      const why = read.value.reason
      const entered = await access.enterByReason(visit.directory, customer.area, employee, why)
      keepSession(visit.c, entered.token)
      return seeOther(visit, '/school', 'support-entered')
    },
  },
)

function show(
  visit: SchoolVisit,
  { organisation: { id, name } }: Customer,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  const hasErrors = Object.keys(errors).length > 0
  return page(
    visit,
    {
      title: 'Go in with a reason',
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href={`/operator/organisations/${id}`} />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading caption={name}>Go in with a reason</PageHeading>
        <Warning>
          Nobody at {name} has asked you to come in. Its Administrators see at once that you are
          there, your name and your reason, and can end it. You are in for 30 minutes, as an
          Administrator without Attendance, Safeguarding or Payments.
        </Warning>
        <p class="govuk-body">
          Where somebody of the school is on the telephone,{' '}
          <a class="govuk-link" href={`/operator/organisations/${id}/screening`}>
            ask them for a code
          </a>{' '}
          instead.
        </p>
        <Form action={`/operator/organisations/${id}/entry`}>
          <Textarea
            name="reason"
            label="Why do you need to be in?"
            labelSize="s"
            hint="The school reads this. Write no pupil’s or parent’s name in it"
            rows={3}
            value={typed.reason}
            error={errors.reason}
          />
          <Button kind="warning">Go in</Button>
        </Form>
      </div>
    </div>,
  )
}
