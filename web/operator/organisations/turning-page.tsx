import type { Child } from 'hono/jsx'
import { formPage } from '../../form-page.tsx'
import type { FieldErrors, Typed } from '../../form.ts'
import { Button, type ButtonKind, Form, Radios } from '../../kit/index.ts'
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
  return formPage(
    visit,
    {
      title: turning.title,
      caption: customer.name,
      back: { href: customerPath(customer, '/contract') },
      errors,
    },
    <>
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
    </>,
  )
}
