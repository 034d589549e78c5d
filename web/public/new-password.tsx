import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import { changedLetter, passwordField } from '../account/choice.ts'
import { ForKeepers, NewPasswordField } from '../account/new-password-field.tsx'
import { sendSoon } from '../send-soon.ts'
import { callerOf } from '../caller.ts'
import { type FieldErrors, readForm } from '../form.ts'
import { type FormPage, formPage } from '../form-page.tsx'
import { Button, Form, TextInput } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { publicRoute, type Visit } from '../route.ts'
import { resetRefusals } from '../words/passwords.ts'
import { organisationOf } from './forgotten-password.tsx'

const LONGEST_SECRET = 100
const MISSING = 'Paste the code of the e-mail'

const form = z.object({
  secret: z.string({ error: MISSING }).trim().min(1, MISSING).max(LONGEST_SECRET, MISSING),
  /** Left out when only the code is shown. */
  password: z.string().optional(),
})

/**
 * Where the link of an e-mail leads. The page takes the code out of the link's fragment, or it is pasted; it is
 * posted and never part of an address. Who has it may choose a new password, once, and then signs in with it.
 */
export const newPassword = publicRoute('/new-password', {
  get: (visit) => askForCode(visit, {}),

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    if (!read.ok) return askForCode(visit, read.errors)

    const { secret, password } = read.value
    const asking = { caller: callerOf(visit), organisationOf: organisationOf(visit) }
    const opened = await access.openReset(visit.directory, secret, asking)
    if (isRefusal(opened)) return notGood(visit, opened.refused)
    if (password === undefined) return askForPassword(visit, secret, opened, {})

    const typed = passwordField('Enter a new password').safeParse(password)
    if (!typed.success) {
      const problem = typed.error.issues[0]?.message ?? ''
      return askForPassword(visit, secret, opened, { password: problem })
    }
    const reset = await access.resetPassword(visit.directory, secret, typed.data, {
      ...asking,
      letter: (school, user) => changedLetter(visit, school, user, opened.organisation),
    })
    if (!isRefusal(reset)) {
      sendSoon(visit, reset.school)
      return seeOther(visit, '/sign-in', 'password-reset')
    }
    const { refused } = reset
    if (refused === 'reset-over' || refused === 'throttled') return notGood(visit, refused)
    return askForPassword(visit, secret, opened, { password: resetRefusals[refused] })
  },
})

const notGood = (visit: Visit, refused: 'reset-over' | 'throttled') =>
  askForCode(visit, { secret: resetRefusals[refused] }, refused === 'throttled' ? 429 : undefined)

const askForCode = (visit: Visit, errors: FieldErrors, status?: FormPage['status']) =>
  formPage(
    visit,
    { title: 'Choose a new password', errors, status },
    <>
      <div data-island="secret-from-fragment">
        <Form action="/new-password">
          <TextInput
            name="secret"
            label="Code from the e-mail"
            hint="Filled in for you when you follow the link. If it is empty, paste the code that stands below the link"
            autocomplete="off"
            spellcheck={false}
            error={errors['secret']}
          />
          <Button>Continue</Button>
        </Form>
      </div>
      <p class="govuk-body">
        <a class="govuk-link" href="/forgotten-password">
          Ask for another link
        </a>
      </p>
    </>,
  )

type Opened = { user: access.User; organisation: string }

const askForPassword = (
  visit: Visit,
  secret: string,
  { user, organisation }: Opened,
  errors: FieldErrors,
) =>
  formPage(
    visit,
    { title: 'Choose a new password', errors },
    <>
      <p class="govuk-body">
        For {user.name}, {organisation}. Everywhere you are signed in, you will be signed out.
      </p>
      <Form action="/new-password" hidden={{ secret }}>
        <ForKeepers email={user.email} />
        <NewPasswordField error={errors['password']} />
        <Button>Save the new password</Button>
      </Form>
    </>,
  )
