import type { Child } from 'hono/jsx'
import {
  BackLink,
  Button,
  ButtonGroup,
  ErrorSummary,
  Form,
  PageHeading,
  Warning,
} from './kit/index.ts'
import { page } from './page.tsx'
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
  const hasErrors = refusal !== undefined
  return page(
    visit,
    { title, status: hasErrors ? 409 : 200, hasErrors, before: <BackLink href={back} /> },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={hasErrors ? { form: refusal } : {}} />
        <PageHeading caption={caption}>{title}</PageHeading>
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
      </div>
    </div>,
  )
}
