import { z } from 'zod'
import * as access from '#access'
import type { Invitation, SecretRefusal } from '#access'
import { isRefusal, showDateTime } from '#kernel'
import * as schools from '#schools'
import type { Organisation } from '#schools'
import { ForKeepers, NewPasswordField } from '../account/new-password-field.tsx'
import { callerOf } from '../caller.ts'
import { type FormPage, formPage } from '../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../form.ts'
import { Button, Form, Inset, SummaryList, TextInput } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { publicRoute, type Visit } from '../route.ts'
import { roleNames } from '../words/roles.ts'
import { passwordRefusals } from '../words/passwords.ts'
import { secretRefusals } from '../words/users.ts'

const LONGEST_NAME = 100
const LONGEST_PASSWORD = 1_000
const WAIT_SECONDS = 5 * 60

/** With a password an answer to the second question; without one, to the first. */
const form = z.object({
  secret: z.string().catch(''),
  name: z.string().catch(''),
  password: z.string().max(LONGEST_PASSWORD, 'Enter a shorter password').optional(),
})

/**
 * Opens the account that somebody was invited to. The secret comes in the body of a form, out of the part of the
 * link that browsers keep to themselves; looking at an invitation changes nothing, and choosing a password does.
 */
export const invitation = publicRoute('/invitation', {
  get: (visit) => askForSecret(visit),

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    const secret = secretIn(read.typed['secret'])
    const opened = await access.openInvitation(visit.directory, secret, callerOf(visit))
    if (isRefusal(opened)) return askForSecret(visit, opened.refused)
    const organisation = await schools.find(visit.directory, opened.organisationId)
    if (!organisation || !schools.isOpen(organisation)) {
      return askForSecret(visit, 'no-such-invitation')
    }

    const known = { secret, invitation: opened, organisation }
    if (!read.ok) return askForPassword(visit, known, read.typed, read.errors)
    const { name, password } = read.value
    if (password === undefined) return askForPassword(visit, known, { name: opened.name }, {})
    return accept(visit, known, { name, password })
  },
})

/** The code itself, or the whole link that somebody pasted. */
const secretIn = (typed = ''): string => typed.trim().split('#').at(-1)?.trim() ?? ''

type Known = { secret: string; invitation: Invitation; organisation: Organisation }

async function accept(visit: Visit, known: Known, typed: { name: string; password: string }) {
  const name = typed.name.replace(/\s+/g, ' ').trim()
  const isNamed = name !== '' && name.length <= LONGEST_NAME
  if (!isNamed) {
    const sentence = `Enter your name, in at most ${LONGEST_NAME} characters`
    return askForPassword(visit, known, { name }, { name: sentence })
  }

  const chosen = { name, password: typed.password, organisation: known.organisation.name }
  const user = await access.acceptInvitation(visit.directory, known.secret, chosen, callerOf(visit))
  if (!isRefusal(user)) return seeOther(visit, '/sign-in', 'invitation-accepted')
  if (user.refused === 'no-such-invitation' || user.refused === 'throttled') {
    return askForSecret(visit, user.refused)
  }
  return askForPassword(visit, known, { name }, { password: passwordRefusals[user.refused] })
}

const statuses: Record<SecretRefusal['refused'], FormPage['status']> = {
  'no-such-invitation': 422,
  throttled: 429,
}

/** A code that opens nothing is not given back: a fresh one is pasted, not mended. */
function askForSecret(visit: Visit, refused?: SecretRefusal['refused']): Promise<Response> {
  if (refused === 'throttled') visit.c.header('Retry-After', String(WAIT_SECONDS))
  const error = refused && secretRefusals[refused]
  return formPage(
    visit,
    {
      title: 'Open your account',
      errors: error ? { secret: error } : {},
      status: refused && statuses[refused],
    },
    <>
      <p class="govuk-body">
        You need the code from your invitation. If you followed its link, the code is filled in.
      </p>
      <div data-island="secret-from-fragment">
        <Form action="/invitation">
          <TextInput
            name="secret"
            label="Code from the e-mail"
            hint="Or paste the whole link"
            autocomplete="off"
            spellcheck={false}
            error={error}
          />
          <Button>Continue</Button>
        </Form>
      </div>
    </>,
  )
}

function askForPassword(visit: Visit, known: Known, typed: Typed, errors: FieldErrors) {
  const { secret, invitation: asked, organisation } = known
  return formPage(
    visit,
    { title: 'Choose a password', errors },
    <>
      <Facts asked={asked} organisation={organisation} />
      <Form action="/invitation" hidden={{ secret }}>
        <TextInput
          name="name"
          label="Your full name"
          labelSize="s"
          autocomplete="name"
          value={typed['name']}
          error={errors['name']}
        />
        <ForKeepers email={asked.email} />
        <NewPasswordField error={errors['password']} />
        <Inset>
          The account is yours alone: what is done with it stands under your name. Nobody at your
          organisation or at Schoolgate needs your password.
        </Inset>
        <Button>Open my account</Button>
      </Form>
    </>,
  )
}

const Facts = ({ asked, organisation }: { asked: Invitation; organisation: Organisation }) => (
  <SummaryList
    rows={[
      { key: 'Organisation', value: organisation.name },
      { key: 'You will be', value: roleNames[asked.role] },
      { key: 'You sign in with', value: asked.email },
      { key: 'The invitation works until', value: showDateTime(asked.expiresAtMs) },
    ]}
  />
)
