import { isRefusal } from '#kernel'
import * as messaging from '#messaging'
import type { Message } from '#messaging'
import * as people from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import type { FieldErrors } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { choicesFor } from './choices.ts'
import { ComposeForm } from './compose-form.tsx'
import {
  errorsOf,
  type Fields,
  fieldsOf,
  inOrder,
  MAX_COMPOSE_BYTES,
  readFields,
} from './fields.ts'
import { authorOf, messageOf, messagePath, senderOf } from './whose.ts'

/** Changes a draft. What has been scheduled is not changed: it is cancelled, and written anew. */
export const editMessage = schoolRoute('/school/messages/:message/edit', 'send-messages', {
  maxBodyBytes: MAX_COMPOSE_BYTES,
  get: async (visit) => {
    const message = await messageOf(visit)
    if (!message) return notFoundPage(visit)
    if (!messaging.can('edit', message)) return seeOther(visit, messagePath(message))
    return show(visit, message, fieldsOf(message))
  },
  post: async (visit) => {
    const message = await messageOf(visit)
    if (!message) return notFoundPage(visit)
    const { isSearch, ...typed } = await readFields(visit)
    const fields = asAnswer(message, typed)
    if (isSearch) return show(visit, message, { ...fields, to: 'some-pupils' })
    const errors = errorsOf(fields)
    if (Object.keys(errors).length > 0) return show(visit, message, fields, errors)

    const author = authorOf(visit)
    const edited = await messaging.edit(
      visit.school,
      author,
      senderOf(visit),
      message,
      fields.draft,
    )
    if (!isRefusal(edited)) return seeOther(visit, messagePath(message, '/check'))
    if (edited.refused === 'already-left') return seeOther(visit, messagePath(message))
    return show(visit, message, fields, errorsOf(fields, [{ ...edited, refused: edited.refused }]))
  },
})

/** Whom an answer goes to, and how, is not asked, so not read either. */
const asAnswer = (message: Message, fields: Fields): Fields =>
  messaging.isAnswer(message)
    ? {
        ...fields,
        draft: { ...fields.draft, audience: message.audience, channel: message.channel },
      }
    : fields

async function show(
  visit: SchoolVisit,
  message: Message,
  fields: Fields,
  errors: FieldErrors = {},
): Promise<Response> {
  const author = authorOf(visit)
  const [choices, answerTo] = await Promise.all([
    choicesFor(visit.school, author, fields.draft.audience, fields.find),
    nameOfAnswered(visit, message),
  ])
  return formPage(
    visit,
    {
      title: 'Change the message',
      back: { href: messagePath(message, '/check') },
      errors: inOrder(errors),
      isWide: true,
    },
    <ComposeForm
      action={messagePath(message, '/edit')}
      {...{ fields, errors, choices, author, answerTo }}
    />,
  )
}

async function nameOfAnswered(
  { school }: SchoolVisit,
  { audience }: Message,
): Promise<string | undefined> {
  const [id] = audience.contacts
  if (!id) return undefined
  const record = (await people.contactRecords(school, [id])).get(id)
  return record ? people.contactName(record) : 'the person who wrote'
}
