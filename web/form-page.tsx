import type { Child } from 'hono/jsx'
import { BackLink, ErrorSummary, type FormErrors, PageHeading } from './kit/index.ts'
import { page } from './page.tsx'
import type { PersonVisit, Visit } from './route.ts'

export type FormPage = {
  /** The page's own name, and its heading where no other is given. */
  title: string
  /** Where the heading says more than the title does: browsers keep the titles of pages. */
  heading?: Child
  caption?: Child
  back?: { href: string; text?: string | undefined } | undefined
  errors: FormErrors
  /**
   * Of the answer where there are errors. 422 if nothing is said: a field is wrong. 409: the form is right, and the
   * state of things does not allow it.
   */
  status?: 403 | 409 | 422 | 429 | undefined
  /** As wide as the window: for what has lists or columns beside the form. */
  isWide?: boolean
}

/**
 * Answers with a page that has a form, whoever it is for. What is wrong with the form stands first, above the
 * heading, and in the page's title (GOV.UK Design System: Error summary).
 */
export function formPage(
  visit: Visit | PersonVisit,
  { title, heading = title, caption, back, errors, status = 422, isWide = false }: FormPage,
  body: Child,
): Promise<Response> {
  const hasErrors = Object.keys(errors).length > 0
  const content = (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading caption={caption}>{heading}</PageHeading>
      {body}
    </>
  )
  return page(
    visit,
    {
      title,
      status: hasErrors ? status : 200,
      hasErrors,
      before: back && <BackLink href={back.href} text={back.text} />,
    },
    isWide ? content : <TwoThirds>{content}</TwoThirds>,
  )
}

const TwoThirds = ({ children }: { children: Child }) => (
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-two-thirds">{children}</div>
  </div>
)
