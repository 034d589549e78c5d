import { z } from 'zod'
import * as access from '#access'
import { isRefusal, type OrganisationId } from '#kernel'
import * as schools from '#schools'
import { callerOf } from '../caller.ts'
import { type FieldErrors, readForm, type Typed } from '../form.ts'
import { Button, Details, ErrorSummary, Form, PageHeading, TextInput } from '../kit/index.ts'
import { page, type PageOptions, seeOther } from '../page.tsx'
import { publicRoute, type Visit } from '../route.ts'
import { keepSession, sessionToken } from '../session-cookie.ts'
import { signInRefusals } from '../words-sign-in.ts'
import { areaOf, knownVisitor } from './known-visitor.ts'
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
      { email, password, from: address, country },
      { isOpen: (id) => isOpen(visit, id), later: (work) => visit.c.executionCtx.waitUntil(work) },
    )
    if (isRefusal(answer)) return refused(visit, answer.refused, read.typed)
    return enter(visit, answer, next)
  },
})

const isOpen = async (visit: Visit, id: OrganisationId): Promise<boolean> => {
  const organisation = await schools.find(visit.directory, id)
  return organisation !== undefined && schools.isOpen(organisation)
}

/** A new session in place of whatever the browser had, then on to the page that was asked for. */
async function enter(
  visit: Visit,
  { token, user }: { token: string; user: access.User },
  next: string | undefined,
): Promise<Response> {
  await access.signOut(visit.directory, sessionToken(visit.c), callerOf(visit))
  keepSession(visit.c, token)
  const organisation = await schools.find(visit.directory, user.organisationId)
  return seeOther(visit, organisation ? pathAfterSignIn(next, areaOf(organisation)) : '/')
}

function refused(visit: Visit, reason: keyof typeof signInRefusals, typed: Typed) {
  if (reason === 'throttled') visit.c.header('Retry-After', String(WAIT_SECONDS))
  return show(visit, { email: signInRefusals[reason] }, typed, statuses[reason])
}

const statuses = { wrong: 422, throttled: 429, locked: 403 } as const

function show(visit: Visit, errors: FieldErrors, typed: Typed, status?: PageOptions['status']) {
  const wrong = Object.entries(errors).map(([field, message]) => ({ field, message }))
  const hasErrors = wrong.length > 0
  return page(
    visit,
    { title: 'Sign in', status: status ?? (hasErrors ? 422 : 200), hasErrors },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={wrong} />
        <PageHeading>Sign in to Schoolgate</PageHeading>
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
      </div>
    </div>,
  )
}

const Trouble = ({ support }: { support: string }) => (
  <Details summary="I cannot sign in">
    <p>
      Accounts are made by your school’s Administrator, who can also tell you which e-mail address
      yours has. If you do not know your password, ask them, or write to{' '}
      <a class="govuk-link" href={`mailto:${support}`}>
        {support}
      </a>{' '}
      from that address.
    </p>
    <p>
      After 10 wrong tries, from one place or for one account, signing in stops for 5 minutes.
      Nobody at Schoolgate will ever ask for your password.
    </p>
  </Details>
)
