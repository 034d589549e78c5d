import type { Child } from 'hono/jsx'
import type { FieldErrors, Typed } from '../../form.ts'
import {
  BackLink,
  Button,
  type ButtonKind,
  ErrorSummary,
  Form,
  PageHeading,
  Radios,
} from '../../kit/index.ts'
import { page } from '../../page.tsx'
import type { SchoolVisit } from '../../route.ts'
import { type Customer, customerPath } from './customer.ts'

export type Turning = {
  title: string
  /** What follows from it. */
  follows: Child
  reasons: Readonly<Record<string, string>>
  button: { text: string; kind: ButtonKind }
}

/** Asks once more before an area is locked or opened again, and why: the customer’s trail says it. */
export function showTurning(
  visit: SchoolVisit,
  customer: Customer,
  turning: Turning,
  { errors = {}, typed = {} }: { errors?: FieldErrors; typed?: Typed } = {},
): Promise<Response> {
  const hasErrors = Object.keys(errors).length > 0
  return page(
    visit,
    {
      title: turning.title,
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href={customerPath(customer, '/contract')} />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading caption={customer.name}>{turning.title}</PageHeading>
        {turning.follows}
        <Form>
          <Radios
            name="because"
            label="Why?"
            labelSize="s"
            choices={Object.entries(turning.reasons).map(([value, text]) => ({ value, text }))}
            value={typed.because}
            error={errors.because}
          />
          <Button kind={turning.button.kind}>{turning.button.text}</Button>
        </Form>
      </div>
    </div>,
  )
}
