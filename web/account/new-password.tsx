import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import { formPage } from '../form-page.tsx'
import { type FieldErrors, readForm } from '../form.ts'
import { Button, Form } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { keepSession } from '../session-cookie.ts'
import { choiceRefusals, reasonsForNewPassword } from '../words/passwords.ts'
import { choiceOf, passwordField } from './choice.ts'
import { ForKeepers, NewPasswordField } from './new-password-field.tsx'
import { onward, ownArea } from './own.ts'
import { sendSoon } from '../send-soon.ts'

const form = z.object({
  password: passwordField('Enter a new password'),
  next: z.string().optional().catch(undefined),
})

/** A new password before anything else, for somebody whose password may not stay. */
export const newPassword = signedInRoute('/account/new-password', {
  whileNeeding: ['new-password'],

  get: async (visit) =>
    isNeeded(visit) ? show(visit, {}, visit.c.req.query('next')) : elsewhere(visit),

  post: async (visit) => {
    if (!isNeeded(visit)) return elsewhere(visit)
    const read = await readForm(visit.c, form)
    if (!read.ok) return show(visit, read.errors, read.typed['next'])

    const { password, next } = read.value
    const school = await ownArea(visit)
    const choice = choiceOf(visit, school, password)
    const chosen = await access.choosePassword(visit.directory, school, choice)
    if (isRefusal(chosen)) return show(visit, { password: choiceRefusals[chosen.refused] }, next)

    keepSession(visit.c, chosen.token)
    sendSoon(visit, school)
    return seeOther(visit, onward(null, next, visit.organisation), 'password-changed')
  },
})

const isNeeded = ({ standing }: PersonVisit): boolean => standing.needs === 'new-password'

/** Who need not, says first which password they have. */
const elsewhere = (visit: PersonVisit) => seeOther(visit, '/account/password')

async function show(visit: PersonVisit, errors: FieldErrors, next: string | undefined) {
  const school = await ownArea(visit)
  const why = await access.whyNewPassword(visit.directory, school, visit.user.id)
  return formPage(
    visit,
    { title: 'Choose a new password', errors },
    <>
      <p class="govuk-body">{reasonsForNewPassword[why ?? 'period']}</p>
      <p class="govuk-body">
        It must be another one than you have now. Then you go on to where you were going.
      </p>
      <Form action="/account/new-password" hidden={next === undefined ? {} : { next }}>
        <ForKeepers email={visit.user.email} />
        <NewPasswordField error={errors['password']} />
        <Button>Save and continue</Button>
      </Form>
    </>,
  )
}
