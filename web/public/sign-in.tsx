import { z } from 'zod'
import * as access from '#access'
import { isRefusal, type OrganisationId } from '#kernel'
import * as schools from '#schools'
import { callerOf, cityOf } from '../caller.ts'
import { deviceOf } from '../device.ts'
import { type FormPage, formPage } from '../form-page.tsx'
import { type FieldErrors, readForm, type Typed } from '../form.ts'
import { Button, Details, Form, TextInput } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { onward } from '../account/own.ts'
import { publicRoute, type Visit } from '../route.ts'
import { keepSession, sessionToken } from '../session-cookie.ts'
import { signInRefusals } from '../words/sign-in.ts'
import { areaOf } from '../area.ts'
import { knownVisitor } from './known-visitor.ts'
import { pathAfterSignIn } from './next.ts'

const LONGEST_EMAIL = 254
const LONGEST_PASSWORD = 1_000
const WAIT_SECONDS = 5 * 60

const typedForm = z.object({
  email: z
    .string({ error: 'Enter your e-mail address' })
    .trim()
    .min(1, 'Enter your e-mail address')
    .max(LONGEST_EMAIL, 'Enter a shorter e-mail address'),
  password: z
    .string({ error: 'Enter your password' })
    .min(1, 'Enter your password')
    .max(LONGEST_PASSWORD, 'Enter a shorter password'),
  next: z.string().optional().catch(undefined),
})

/** The way in for everyone who has an account. */
export const signIn = publicRoute('/sign-in', {
  get: async (visit) => {
    const next = visit.c.req.query('next')
    const person = await knownVisitor(visit)
    if (person) return seeOther(visit, pathAfterSignIn(next, areaOf(person.organisation)))
    return show(visit, {}, { next })
  },

  post: async (visit) => {
    const read = await readForm(visit.c, typedForm)
    if (!read.ok) return show(visit, read.errors, read.typed)

    const { email, password, next } = read.value
    const { address, country } = callerOf(visit)
    const answer = await access.signIn(
      visit.directory,
      { email, password, from: address, country, ...apparatusOf(visit) },
      {
        termsOf: (id) => termsOf(visit, id),
        later: (work) => visit.c.executionCtx.waitUntil(work),
      },
    )
    if (isRefusal(answer)) return refused(visit, answer.refused, read.typed)
    return enter(visit, answer, next)
  },
})

/** By what its owner knows the session again, in the list of theirs. */
const apparatusOf = ({ c }: Visit) => ({
  device: deviceOf(c.req.header('User-Agent')),
  city: cityOf(c),
})

async function termsOf(visit: Visit, id: OrganisationId): Promise<access.Terms> {
  const organisation = await schools.find(visit.directory, id)
  if (!organisation) return { isOpen: false, limits: access.defaultLimits, passwordDays: null }
  const { idleMinutes, absoluteHours, passwordDays } = organisation
  const limits = { idleMs: idleMinutes * 60_000, absoluteMs: absoluteHours * 3_600_000 }
  return { isOpen: schools.isOpen(organisation), limits, passwordDays }
}

/** A new session in place of whatever the browser had, then on to what is still needed, or to the page asked for. */
async function enter(
  visit: Visit,
  { token, user, needs }: { token: string; user: access.User; needs: access.Need | null },
  next: string | undefined,
): Promise<Response> {
  await access.signOut(visit.directory, sessionToken(visit.c), callerOf(visit))
  keepSession(visit.c, token)
  const organisation = await schools.find(visit.directory, user.organisationId)
  return seeOther(visit, organisation ? onward(needs, next, organisation) : '/')
}

function refused(visit: Visit, reason: keyof typeof signInRefusals, typed: Typed) {
  if (reason === 'throttled') visit.c.header('Retry-After', String(WAIT_SECONDS))
  return show(visit, { email: signInRefusals[reason] }, typed, statuses[reason])
}

const statuses = { wrong: 422, throttled: 429, locked: 403 } as const

function show(visit: Visit, errors: FieldErrors, typed: Typed, status?: FormPage['status']) {
  return formPage(
    visit,
    { title: 'Sign in', heading: 'Sign in to Schoolgate', errors, status },
    <>
      <Form action="/sign-in" hidden={typed.next === undefined ? {} : { next: typed.next }}>
        <TextInput
          name="email"
          type="email"
          label="E-mail address"
          autocomplete="username"
          spellcheck={false}
          value={typed.email}
          error={errors.email}
        />
        <TextInput
          name="password"
          type="password"
          label="Password"
          autocomplete="current-password"
          error={errors.password}
        />
        <Button>Sign in</Button>
      </Form>
      <Trouble support={visit.settings.SUPPORT_EMAIL} />
    </>,
  )
}

const Trouble = ({ support }: { support: string }) => (
  <Details summary="I cannot sign in">
    <p>
      If you do not know your password,{' '}
      <a class="govuk-link" href="/forgotten-password">
        choose a new one
      </a>
      : a link comes to your e-mail address. Accounts are made by your organisation’s Administrator,
      who can also tell you which address yours has.
    </p>
    <p>
      If you have lost the phone or the passkey for the second step, use one of your recovery codes
      there, or ask another Administrator to reset your two-step sign-in. If nobody can, write to{' '}
      <a class="govuk-link" href={`mailto:${support}`}>
        {support}
      </a>
      .
    </p>
    <p>
      After 10 wrong tries, from one place or for one account, signing in stops for 5 minutes.
      Nobody at Schoolgate will ever ask for your password or for a code of your app.
    </p>
  </Details>
)
