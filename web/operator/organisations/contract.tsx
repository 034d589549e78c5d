import { z } from 'zod'
import { isRefusal } from '#kernel'
import * as schools from '#schools'
import type { ContractStep } from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { type FieldErrors, readForm, type Typed } from '../../form.ts'
import {
  BackLink,
  Button,
  ButtonLink,
  ErrorSummary,
  Form,
  PageHeading,
  Radios,
  TextInput,
} from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { contractRefusals, stepWords } from '../../words/organisations.ts'
import { customerOf } from '../customer-of.ts'
import { day } from './answers.ts'
import { type Customer, customerIn, customerPath } from './customer.ts'
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
      const [customer, school] = await Promise.all([customerIn(visit), customerOf(visit)])
      if (!customer || !school) return notFoundPage(visit)
      const read = await readForm(visit.c, form)
      if (!read.ok) return show(visit, customer, read.errors, read.typed)

      const { step, endsOn } = read.value
      const refusal = await schools.changeContract(visit.directory, school, step, { endsOn })
      if (!isRefusal(refusal)) return seeOther(visit, customerPath(customer), 'contract-changed')
      const errors = { [refusal.field ?? 'step']: contractRefusals[refusal.refused] }
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
  const hasErrors = Object.keys(errors).length > 0
  const steps = schools.stepsFrom(customer)
  return page(
    visit,
    {
      title: 'Contract',
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href={customerPath(customer)} />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading caption={customer.name}>Contract</PageHeading>
        <p class="govuk-body">
          It is now: <ContractTag state={customer.state} />
        </p>
        <Steps steps={steps} errors={errors} typed={typed} />
        <Ends customer={customer} steps={steps} />
      </div>
    </div>,
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
