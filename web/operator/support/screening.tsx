import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { type FormPage, formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, Form, Inset, Radios, TextInput } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { keepSession } from '../../session-cookie.ts'
import { askedLevelWords, letInRefusals } from '../../words/support.ts'
import { type Customer, customerPath } from '../organisations/customer.ts'
import { employeeOf, reason, schoolAsked } from './customer.ts'
import { ReasonField } from './reason-field.tsx'

const form = z.object({
  code: z
    .string({ error: 'Enter the code that the caller reads out' })
    .trim()
    .min(1, 'Enter the code that the caller reads out')
    .max(20, 'A code has six digits'),
  level: z.enum(access.askedLevels, { error: 'Choose at which level you need to be in' }),
  reason,
})

/** PRODUCT 3.6: into a school's area by a code that somebody of the school reads out. */
export const supportScreening = operatorRoute(
  '/operator/organisations/:organisation/screening',
  'be-let-in',
  {
    isConfirmed: true,
    get: async (visit) => {
      const found = await schoolAsked(visit)
      return found ? show(visit, found.customer, {}, { level: 'theirs' }) : notFoundPage(visit)
    },

    post: async (visit) => {
      const found = await schoolAsked(visit)
      if (!found) return notFoundPage(visit)
      const { customer, area } = found
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, customer, read.errors, read.typed)

      const employee = employeeOf(visit)
      const entered = await access.letIn(visit.directory, area, employee, read.value)
      if (isRefusal(entered)) return refused(visit, customer, entered.refused, read.typed)
      keepSession(visit.c, entered.token)
      return seeOther(visit, '/school', 'support-entered')
    },
  },
)

const WAIT_SECONDS = 5 * 60

function refused(
  visit: SchoolVisit,
  customer: Customer,
  because: keyof typeof letInRefusals,
  { level, reason: why }: Typed,
): Promise<Response> {
  const isThrottled = because === 'throttled'
  if (isThrottled) visit.c.header('Retry-After', String(WAIT_SECONDS))
  const errors = { code: letInRefusals[because] }
  return show(visit, customer, errors, { level, reason: why }, isThrottled ? 429 : undefined)
}

function show(
  visit: SchoolVisit,
  customer: Customer,
  errors: FieldErrors,
  typed: Typed,
  status?: FormPage['status'],
): Promise<Response> {
  return formPage(
    visit,
    {
      title: 'Be let in by a code',
      caption: customer.name,
      back: { href: customerPath(customer) },
      errors,
      status,
    },
    <>
      <Inset>
        Ask the caller to open their account, choose “Let support in”, make a code and read it to
        you. You are in for 30 minutes. The school sees who you are, your level and your reason, has
        every look and change in its trail, and can end it at any moment.
      </Inset>
      <Form action={customerPath(customer, '/screening')}>
        <Fields errors={errors} typed={typed} />
        <Button>Go in</Button>
      </Form>
    </>,
  )
}

const Fields = ({ errors, typed }: { errors: FieldErrors; typed: Typed }) => (
  <>
    <TextInput
      name="code"
      label="Code"
      labelSize="s"
      hint="Six digits, as “482 913”"
      inputmode="numeric"
      autocomplete="off"
      spellcheck={false}
      width={10}
      value={typed.code}
      error={errors.code}
    />
    <Radios
      name="level"
      label="At which level do you need to be in?"
      labelSize="s"
      choices={access.askedLevels.map((value) => ({ value, ...askedLevelWords[value] }))}
      value={typed.level}
      error={errors.level}
    />
    <ReasonField value={typed.reason} error={errors.reason} />
  </>
)
