import { isRefusal } from '#kernel'
import * as messaging from '#messaging'
import { formPage } from '../../form-page.tsx'
import type { FieldErrors } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { choicesFor } from './choices.ts'
import { ComposeForm } from './compose-form.tsx'
import {
  errorsOf,
  type Fields,
  inOrder,
  MAX_COMPOSE_BYTES,
  newFields,
  readFields,
} from './fields.ts'
import { authorOf, messagePath, senderOf } from './whose.ts'

/** A new message. Finding pupils is a step of the same form, so that nothing typed is lost. */
export const newMessage = schoolRoute('/school/messages/new', 'send-messages', {
  maxBodyBytes: MAX_COMPOSE_BYTES,
  get: (visit) => show(visit, newFields(visit.c.req.query('pupil'))),
  post: async (visit) => {
    const { isSearch, ...fields } = await readFields(visit)
    if (isSearch) return show(visit, { ...fields, to: 'some-pupils' })
    const errors = errorsOf(fields)
    if (Object.keys(errors).length > 0) return show(visit, fields, errors)

    const { school } = visit
    const message = await messaging.compose(school, authorOf(visit), senderOf(visit), fields.draft)
    if (isRefusal(message)) return show(visit, fields, errorsOf(fields, [message]))
    return seeOther(visit, messagePath(message, '/check'))
  },
})

async function show(
  visit: SchoolVisit,
  fields: Fields,
  errors: FieldErrors = {},
): Promise<Response> {
  const author = authorOf(visit)
  const choices = await choicesFor(visit.school, author, fields.draft.audience, fields.find)
  return formPage(
    visit,
    {
      title: 'New message',
      back: { href: '/school/messages' },
      errors: inOrder(errors),
      isWide: true,
    },
    <>
      <p class="govuk-body">
        Nobody is sent anything yet: the next page shows who gets it and what it costs.
      </p>
      <ComposeForm action="/school/messages/new" {...{ fields, errors, choices, author }} />
    </>,
  )
}
