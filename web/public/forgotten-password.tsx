import { z } from 'zod'
import * as access from '#access'
import * as accountMail from '#account-mail'
import { describeError, log } from '#kernel'
import * as schools from '#schools'
import { sendSoon } from '../send-soon.ts'
import { callerOf } from '../caller.ts'
import { type FieldErrors, readForm, type Typed } from '../form.ts'
import { type FormPage, formPage } from '../form-page.tsx'
import { Button, Form, PageHeading, TextInput } from '../kit/index.ts'
import { page } from '../page.tsx'
import { publicRoute, type Visit } from '../route.ts'
import { TOO_MANY_RESETS } from '../words/passwords.ts'

const LONGEST_EMAIL = 254
const WAIT_SECONDS = 5 * 60

const form = z.object({
  email: z
    .string({ error: 'Enter your e-mail address' })
    .trim()
    .min(1, 'Enter your e-mail address')
    .max(LONGEST_EMAIL, 'Enter a shorter e-mail address'),
})

/**
 * Where a link to a new password is asked for. Nobody learns here who has an account: the answer is the same for
 * every address and comes before anything is looked up; the letter is written after it.
 */
export const forgottenPassword = publicRoute('/forgotten-password', {
  get: (visit) => show(visit, {}, {}),

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    if (!read.ok) return show(visit, read.errors, read.typed)

    const { email } = read.value
    if (!(await access.mayAskReset(visit.directory, email, callerOf(visit)))) {
      visit.c.header('Retry-After', String(WAIT_SECONDS))
      return show(visit, { email: TOO_MANY_RESETS }, read.typed, 429)
    }
    visit.c.executionCtx.waitUntil(write(visit, email))
    return sent(visit)
  },
})

async function write(visit: Visit, email: string): Promise<void> {
  try {
    const school = await access.askReset(visit.directory, email, {
      caller: callerOf(visit),
      organisationOf: organisationOf(visit),
      letter: (area, { user, organisation, secret, expiresAtMs }) => {
        const { ORIGIN: origin, SUPPORT_EMAIL: support } = visit.settings
        const to = { name: user.name, email: user.email, organisation }
        const words = { ...to, origin, secret, expiresAtMs, support }
        return accountMail.posted(area, accountMail.passwordReset(words))
      },
    })
    if (school) sendSoon(visit, school)
  } catch (error) {
    log('password-reset.failed', { request: visit.requestId, ...describeError(error) })
  }
}

/** What is to be known of the organisation that somebody belongs to who is not signed in. */
export const organisationOf =
  ({ directory }: Visit): access.OrganisationOf =>
  async (id) => {
    const found = await schools.find(directory, id)
    return found && { name: found.name, isOpen: schools.isOpen(found) }
  }

const sent = (visit: Visit): Promise<Response> =>
  page(
    visit,
    { title: 'Look at your e-mails' },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <PageHeading>Look at your e-mails</PageHeading>
        <p class="govuk-body">
          If there is an account with that address, a link to choose a new password is on its way to
          it. The link works once, for an hour.
        </p>
        <p class="govuk-body">
          Nothing after a few minutes? Look among the unwanted e-mails, and check the address:{' '}
          <a class="govuk-link" href="/forgotten-password">
            ask once more
          </a>
          . Your Administrator can tell you which address your account has. No more than{' '}
          {access.MAX_RESETS} e-mails an hour are sent.
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href="/sign-in">
            Back to signing in
          </a>
        </p>
      </div>
    </div>,
  )

function show(visit: Visit, errors: FieldErrors, typed: Typed, status?: FormPage['status']) {
  return formPage(
    visit,
    { title: 'Forgotten your password?', back: { href: '/sign-in' }, errors, status },
    <>
      <p class="govuk-body">
        Enter the e-mail address of your account. We send a link to it with which you can choose a
        new password. If you use a second step to sign in, you still need it.
      </p>
      <Form action="/forgotten-password">
        <TextInput
          name="email"
          type="email"
          label="E-mail address"
          autocomplete="username"
          spellcheck={false}
          value={typed['email']}
          error={errors['email']}
        />
        <Button>Send the link</Button>
      </Form>
    </>,
  )
}
