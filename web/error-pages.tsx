import { Inset, PageHeading } from './kit/index.ts'
import { page } from './page.tsx'
import type { PersonVisit, Visit } from './route.ts'

/** Not found and not allowed look the same from outside. */
export const notFoundPage = (visit: Visit | PersonVisit): Promise<Response> =>
  page(
    visit,
    { title: 'Page not found', status: 404 },
    <>
      <PageHeading>Page not found</PageHeading>
      <p class="govuk-body">If you typed the web address, check that it is correct.</p>
      <p class="govuk-body">
        If you followed a link, what it led to may have been removed, or it may not be yours to see.{' '}
        <a class="govuk-link" href="/">
          Go to the home page
        </a>
        .
      </p>
    </>,
  )

const wrong = {
  403: {
    title: 'We could not tell that this came from you',
    text: 'The form was not sent from one of our pages, so nothing was done. Go back, load the page again and send the form once more.',
  },
  413: {
    title: 'That is too large',
    text: 'What you sent is larger than this page takes, so nothing was done. A file of pupils may have up to 12 MB.',
  },
  500: {
    title: 'Sorry, something went wrong',
    text: 'It is our fault, and it has been noted. Nothing was lost: try again in a moment. If it stays, tell support the reference below.',
  },
} as const

/** A plain page for what no other page explains, with a reference for support and nothing personal. */
export function errorPage(
  visit: Visit | PersonVisit,
  status: keyof typeof wrong,
): Promise<Response> {
  const { title, text } = wrong[status]
  return page(
    visit,
    { title, status },
    <>
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body">{text}</p>
      <Inset>
        Reference: <span class="sg-typed">{visit.requestId}</span>
      </Inset>
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          Go to the home page
        </a>
      </p>
    </>,
  )
}
