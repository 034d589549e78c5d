import * as access from '#access'
import { type FormPage, formPage } from '../form-page.tsx'
import type { FieldErrors } from '../form.ts'
import { seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { onward, ownArea } from './own.ts'
import { takeProof } from './take-proof.ts'
import { Ways } from './ways.tsx'

const PATH = '/account/second-factor'

/** The second step of signing in: whoever knows the password shows something that they have. */
export const secondFactor = signedInRoute(PATH, {
  whileNeeding: ['second-factor'],
  get: (visit) => {
    const next = visit.c.req.query('next')
    return visit.standing.needs ? show(visit, next) : through(visit, next)
  },
  post: async (visit) => {
    if (!visit.standing.needs) return through(visit, undefined)
    const taken = await takeProof(visit, ['totp', 'passkey', 'recovery-code'])
    return taken instanceof Response ? taken : show(visit, taken.next, taken.errors, taken.status)
  },
})

const through = (visit: PersonVisit, next: string | undefined) =>
  seeOther(visit, onward(null, next, visit.organisation))

async function show(
  visit: PersonVisit,
  next: string | undefined,
  errors: FieldErrors = {},
  status?: FormPage['status'],
): Promise<Response> {
  const school = await ownArea(visit)
  const factors = await access.factorsOf(visit.directory, school, visit.standing.user.id)
  return formPage(
    visit,
    { title: 'Second step of signing in', errors, status },
    <>
      <p class="govuk-body">
        Your password was right. Now show something that only you have, so that a password alone
        opens nothing.
      </p>
      <Ways action={PATH} next={next} errors={errors} factors={factors} />
    </>,
  )
}
