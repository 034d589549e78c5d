import * as access from '#access'
import { deviceOf } from '../device.ts'
import { formPage } from '../form-page.tsx'
import type { FieldErrors } from '../form.ts'
import { page, seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { CodeList } from './code-list.tsx'
import { EnrolApp, EnrolPasskey } from './enrol-forms.tsx'
import { onward, ownArea } from './own.ts'
import { takeFactor, type TakenFactor } from './take-factor.ts'

const PATH = '/account/enrolment'

/** The first factor of somebody whose role must have one: made at sign-in, before anything else. */
export const enrolment = signedInRoute(PATH, {
  whileNeeding: ['enrolment'],
  get: (visit) => {
    const next = visit.c.req.query('next')
    return visit.standing.needs ? show(visit, next) : through(visit, next)
  },
  post: async (visit) => {
    if (!visit.standing.needs) return through(visit, undefined)
    const taken = await takeFactor(visit)
    if (taken.ok) return codesFor(visit, taken)
    // Somebody, perhaps they themselves, set one up meanwhile: it is to be shown, by signing in again.
    return show(visit, taken.typed.next, taken.errors, taken.typed)
  },
})

const through = (visit: PersonVisit, next: string | undefined) =>
  seeOther(visit, onward(null, next, visit.organisation))

async function codesFor(visit: PersonVisit, { moved, next }: TakenFactor & { ok: true }) {
  const school = await ownArea(visit)
  const { user } = visit.standing
  // The e-mail about the first factor says enough.
  const codes = await access.makeRecoveryCodes(visit.directory, school, user, async () => [])
  const href = onward(moved.needs, next, visit.organisation)
  return page(visit, { title: 'Your recovery codes' }, <CodeList codes={codes} onward={href} />)
}

async function show(
  visit: PersonVisit,
  next: string | undefined,
  errors: FieldErrors = {},
  typed: Readonly<Record<string, string | undefined>> = {},
): Promise<Response> {
  const school = await ownArea(visit)
  const { user } = visit.standing
  const proposal = await (typed.proposal
    ? access.sameApp(school, user, typed.proposal)
    : access.proposeApp(school, user))
  const form = { action: PATH, hidden: { ...(next !== undefined && { next }) }, errors }
  const name = typed.name ?? deviceOf(visit.c.req.header('User-Agent'))
  return formPage(
    visit,
    { title: 'Set up two-step sign-in', errors },
    <>
      <Why />
      <h2 class="govuk-heading-m">With a passkey</h2>
      <EnrolPasskey {...form} name={name} />
      <h2 class="govuk-heading-m">Or with an authenticator app</h2>
      <EnrolApp {...form} proposal={proposal} />
    </>,
  )
}

const Why = () => (
  <p class="govuk-body">
    With your role you can see or change much about children and their families, so a password alone
    must not be enough. From now on you show a second thing when you sign in. Set up one of these
    two now; you can add more later.
  </p>
)
