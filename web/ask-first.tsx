import type { Child } from 'hono/jsx'
import { formPage } from './form-page.tsx'
import { Button, ButtonGroup, Form, Warning } from './kit/index.ts'
import type { SchoolVisit } from './route.ts'

export type Question = {
  /** The heading, and what it is about above it. */
  title: string
  caption: string
  /** A paragraph above the warning: what to be sure of first. */
  before?: Child
  /** What follows from going on. */
  warning: Child
  /** Of the button that goes on. */
  button: string
  /** What the form posts to, and where it leads to leave it. */
  action: string
  back: string
  refusal?: string | undefined
}

/** A page that asks before something is done that is hard to undo. */
export const askFirst = (visit: SchoolVisit, question: Question): Promise<Response> => {
  const { title, caption, before, warning, button, action, back, refusal } = question
  const errors = refusal === undefined ? {} : { form: refusal }
  return formPage(
    visit,
    { title, caption, back: { href: back }, errors, status: 409 },
    <>
      {before && <p class="govuk-body">{before}</p>}
      <Warning>{warning}</Warning>
      <Form action={action}>
        <ButtonGroup>
          <Button kind="warning">{button}</Button>
          <a class="govuk-link" href={back}>
            Go back
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
