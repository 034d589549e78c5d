import { z } from 'zod'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import type { ContractStep } from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import { Button, ButtonLink, Form, Radios, TextInput } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { contractRefusal, stepWords } from '../../words/organisations.ts'
import { day } from './answers.ts'
import { type Customer, customerIn, customerPath, customerWithArea } from './customer.ts'
import { ContractTag } from './list.tsx'

/** Steps that only set a state and a date; locking and opening again have pages of their own. */
const plainSteps = ['activate', 'give-notice', 'withdraw-notice'] as const

const form = z.object({
  step: z.enum(plainSteps, { error: 'Choose what happens to the contract' }),
  endsOn: day('Enter the end date, like 31/8/2027'),
})

/** The contract of a customer: its state, and the steps that may be taken from there. */
export const organisationContract = operatorRoute(
  '/operator/organisations/:organisation/contract',
  'change-organisations',
  {
    isConfirmed: true,
    get: async (visit) => {
      const customer = await customerIn(visit)
      if (!customer) return notFoundPage(visit)
      return show(visit, customer, {}, { endsOn: customer.endsOn ?? '' })
    },

    post: async (visit) => {
      const found = await customerWithArea(visit)
      if (!found) return notFoundPage(visit)
      const { customer, area } = found
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, customer, read.errors, read.typed)

      const { step, endsOn } = read.value
      const refusal = await schools.changeContract(visit.directory, area, step, { endsOn })
      if (!isRefusal(refusal)) return seeOther(visit, customerPath(customer), 'contract-changed')
      const errors = { [refusal.field ?? 'step']: contractRefusal(refusal) }
      return show(visit, customer, errors, read.typed)
    },
  },
)

function show(
  visit: SchoolVisit,
  customer: Customer,
  errors: FieldErrors,
  typed: Typed,
): Promise<Response> {
  const steps = schools.stepsFrom(customer)
  return formPage(
    visit,
    { title: 'Contract', caption: customer.name, back: { href: customerPath(customer) }, errors },
    <>
      <p class="govuk-body">
        It is now: <ContractTag state={customer.state} />
      </p>
      <Steps steps={steps} errors={errors} typed={typed} />
      <Ends customer={customer} steps={steps} />
    </>,
  )
}

type StepsProps = { steps: readonly ContractStep[]; errors: FieldErrors; typed: Typed }

const Steps = ({ steps, errors, typed }: StepsProps) => {
  const offered = plainSteps.filter((step) => steps.includes(step))
  if (offered.length === 0) return null
  return (
    <Form>
      <Radios
        name="step"
        label="What happens to it?"
        labelSize="s"
        choices={offered.map((step) => ({
          value: step,
          ...stepWords[step],
          ...(step === 'give-notice' && {
            reveals: <EndDate value={typed.endsOn} error={errors.endsOn} />,
          }),
        }))}
        value={typed.step}
        error={errors.step}
      />
      <Button>Change the contract</Button>
    </Form>
  )
}

const EndDate = (props: { value: string | undefined; error: string | undefined }) => (
  <TextInput name="endsOn" type="date" width={10} label="End date" {...props} />
)

const Ends = ({ customer, steps }: { customer: Customer; steps: readonly ContractStep[] }) => {
  if (steps.includes('reopen')) {
    return (
      <ButtonLink kind="secondary" href={customerPath(customer, '/reopening')}>
        Open it again
      </ButtonLink>
    )
  }
  if (!steps.includes('lock')) {
    return <p class="govuk-body">What was purged cannot be brought back.</p>
  }
  return (
    <ButtonLink kind="warning" href={customerPath(customer, '/locking')}>
      Lock it now
    </ButtonLink>
  )
}
