import type { Child } from 'hono/jsx'
import * as schools from '#schools'
import { formPage } from '../../form-page.tsx'
import { Button, ButtonGroup, Checkboxes, Form, Inset, Radios, TextInput } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { organisationKindNames, productWords } from '../../words/organisations.ts'
import { customerKinds } from './answers.ts'
import { ContactFields, DetailFields } from './fields.tsx'
import { type Answers, type Fault, fieldsOf, type Step, steps } from './new-answers.ts'

export const WIZARD = '/operator/organisations/new'

/** One page of setting up an organisation, with all other answers along. */
export async function showStep(
  visit: SchoolVisit,
  answers: Answers,
  { step, errors }: Fault,
): Promise<Response> {
  const next = steps[steps.indexOf(step) + 1] ?? 'check'
  const before = steps[steps.indexOf(step) - 1]
  return formPage(
    visit,
    { title: titles[step], caption: 'Set up an organisation', errors },
    <Form action={WIZARD}>
      <Carried answers={answers} step={step} />
      {await fieldsFor(visit, answers, { step, errors })}
      <ButtonGroup>
        <Button name="to" value={next}>
          Continue
        </Button>
        {before && (
          <Button kind="quiet" name="to" value={before}>
            Back
          </Button>
        )}
      </ButtonGroup>
    </Form>,
  )
}

export const titles: Record<Step, string> = {
  kind: 'What kind of organisation is it?',
  details: 'Name and details',
  contract: 'Contract and products',
  people: 'People',
  check: 'Check your answers',
}

/** The answers of all other pages, unseen. Only what the pages ask for is carried. */
export const Carried = ({ answers, step }: { answers: Answers; step: Step }) => {
  const others = steps.filter((one) => one !== step).flatMap((one) => fieldsOf[one])
  return (
    <>
      <input type="hidden" name="id" value={answers.id} />
      {others.map((name) => (
        <input type="hidden" name={name} value={answers.typed[name] ?? ''} />
      ))}
      {step !== 'contract' &&
        answers.products.map((product) => <input type="hidden" name="products" value={product} />)}
    </>
  )
}

async function fieldsFor(
  visit: SchoolVisit,
  answers: Answers,
  { step, errors }: Fault,
): Promise<Child> {
  const { kind, typed } = answers
  if (step === 'kind') return <KindField value={typed.kind} error={errors.kind} />
  if (step === 'contract') return <ContractFields answers={answers} errors={errors} />
  if (step === 'people') return <PeopleFields answers={answers} errors={errors} />
  const trusts = await schools.trusts(visit.directory)
  return <DetailFields kind={kind} trusts={trusts} typed={typed} errors={errors} />
}

const KindField = (props: { value: string | undefined; error: string | undefined }) => (
  <Radios
    name="kind"
    label="Kind of organisation"
    labelHidden
    choices={customerKinds.map((kind) => ({
      value: kind,
      text: organisationKindNames[kind],
      hint: kind === 'trust' ? 'Holds schools together. Nobody signs in to it' : undefined,
    }))}
    {...props}
  />
)

type Part = { answers: Answers; errors: Fault['errors'] }

const ContractFields = ({ answers: { kind, typed, products }, errors }: Part) => (
  <>
    <Radios
      name="begins"
      label="How does it begin?"
      labelSize="s"
      choices={[
        { value: 'trial', text: 'On trial' },
        { value: 'active', text: 'With a contract' },
      ]}
      value={typed.begins}
      error={errors.begins}
    />
    <TextInput
      name="endsOn"
      type="date"
      width={10}
      label="End date (optional)"
      labelSize="s"
      hint="From the beginning of that day nobody signs in and nothing is sent"
      value={typed.endsOn}
      error={errors.endsOn}
    />
    {kind !== 'trust' && <ProductFields {...{ kind, products }} error={errors.products} />}
    {kind === 'school' && (
      <TextInput
        name="credit"
        label="First credit for texts (optional)"
        labelSize="s"
        hint="In pounds, with VAT left out"
        prefix="£"
        inputmode="decimal"
        width={5}
        value={typed.credit}
        error={errors.credit}
      />
    )}
  </>
)

/** The products that this kind of organisation may subscribe to. */
export const ProductFields = ({
  kind,
  products,
  error,
}: Pick<Answers, 'kind' | 'products'> & { error: string | undefined }) => (
  <Checkboxes
    name="products"
    label="Products"
    labelSize="s"
    choices={schools.productsFor[kind].map((product) => ({
      value: product,
      text: productWords[product].name,
      hint: productWords[product].hint,
    }))}
    values={products}
    error={error}
  />
)

const PeopleFields = ({ answers: { kind, typed }, errors }: Part) => (
  <>
    {kind !== 'trust' && (
      <>
        <h2 class="govuk-heading-m">The first Administrator</h2>
        <Inset>
          They are sent an invitation, open their account with it, and invite everybody else.
        </Inset>
        <PersonFields typed={typed} errors={errors} />
      </>
    )}
    <h2 class="govuk-heading-m">Whom to write to</h2>
    <ContactFields typed={typed} errors={errors} />
  </>
)

/** Who is to open the first account. */
export const PersonFields = ({
  typed,
  errors,
}: {
  typed: Answers['typed']
  errors: Fault['errors']
}) => (
  <>
    <TextInput
      name="personName"
      label="Full name"
      labelSize="s"
      autocomplete="off"
      value={typed.personName}
      error={errors.personName}
    />
    <TextInput
      name="personEmail"
      label="E-mail address"
      labelSize="s"
      type="email"
      autocomplete="off"
      value={typed.personEmail}
      error={errors.personEmail}
    />
  </>
)
