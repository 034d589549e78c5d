import * as access from '#access'
import { type FormPage, formPage } from '../form-page.tsx'
import type { FieldErrors } from '../form.ts'
import { areaOf } from '../area.ts'
import { Inset } from '../kit/index.ts'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { ownArea } from './own.ts'
import { takeProof } from './take-proof.ts'
import { ByPassword, Ways } from './ways.tsx'

const PATH = '/account/confirmation'

/** Asked for before what is riskiest, of whoever has not shown for ten minutes that it is they. */
export const confirmation = signedInRoute(PATH, {
  get: (visit) => {
    const { next, sent } = visit.c.req.query()
    return show(visit, { next, isSent: sent === 'yes' })
  },
  post: async (visit) => {
    const taken = await takeProof(visit, ['totp', 'passkey', 'recovery-code', 'password'])
    return taken instanceof Response ? taken : show(visit, taken, taken.errors, taken.status)
  },
})

async function show(
  visit: PersonVisit,
  { next, isSent }: { next: string | undefined; isSent: boolean },
  errors: FieldErrors = {},
  status?: FormPage['status'],
): Promise<Response> {
  const school = await ownArea(visit)
  const factors = await access.factorsOf(visit.directory, school, visit.standing.user.id)
  const ways = { action: PATH, next, isSent, errors }
  return formPage(
    visit,
    {
      title: 'Confirm that it is you',
      back: { href: areaOf(visit.organisation), text: 'Back to the home page' },
      errors,
      status,
    },
    <>
      {isSent && (
        <Inset>
          What you sent has not been done. You come back to its page afterwards, to send it again.
        </Inset>
      )}
      <p class="govuk-body">
        What comes next can do much harm in the wrong hands, so we ask again. For ten minutes you
        are not asked another time.
      </p>
      {access.hasFactor(factors) ? <Ways {...ways} factors={factors} /> : <ByPassword {...ways} />}
    </>,
  )
}
