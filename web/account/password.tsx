import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import { callerOf } from '../caller.ts'
import { type FormPage, formPage } from '../form-page.tsx'
import { type FieldErrors, readForm } from '../form.ts'
import { Button, Form, TextInput } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { keepSession } from '../session-cookie.ts'
import { changeRefusals } from '../words/passwords.ts'
import { choiceOf, passwordField } from './choice.ts'
import { ForKeepers, NewPasswordField } from './new-password-field.tsx'
import { ownArea } from './own.ts'
import { sendSoon } from '../send-soon.ts'

const form = z.object({
  current: passwordField('Enter the password you have now'),
  password: passwordField('Enter a new password'),
})

/** Another password, for somebody who knows the one they have. */
export const password = signedInRoute('/account/password', {
  get: (visit) => show(visit, {}),

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    if (!read.ok) return show(visit, read.errors)

    const school = await ownArea(visit)
    const choice = choiceOf(visit, school, read.value.password)
    const { address } = callerOf(visit)
    const known = { current: read.value.current, address }
    const changed = await access.changePassword(visit.directory, school, { ...choice, ...known })
    if (isRefusal(changed)) {
      const { refused, field = 'password' } = changed
      const status = refused === 'throttled' ? 429 : undefined
      return show(visit, { [field]: changeRefusals[refused] }, status)
    }
    keepSession(visit.c, changed.token)
    sendSoon(visit, school)
    return seeOther(visit, '/account', 'password-changed')
  },
})

function show(visit: PersonVisit, errors: FieldErrors, status?: FormPage['status']) {
  return formPage(
    visit,
    { title: 'Change your password', back: { href: '/account' }, errors, status },
    <>
      <p class="govuk-body">
        Everywhere else you are signed in, you will be signed out. We send you an e-mail about the
        change.
      </p>
      <Form action="/account/password">
        <ForKeepers email={visit.user.email} />
        <TextInput
          name="current"
          type="password"
          label="The password you have now"
          labelSize="s"
          autocomplete="current-password"
          error={errors['current']}
        />
        <NewPasswordField error={errors['password']} />
        <Button>Change password</Button>
      </Form>
    </>,
  )
}
