import * as access from '#access'
import { formPage } from '../form-page.tsx'
import type { FieldErrors, Typed } from '../form.ts'
import { Inset } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { EnrolApp } from './enrol-forms.tsx'
import { ownArea } from './own.ts'
import { takeFactor } from './take-factor.ts'

const PATH = '/account/factors/app'

/** An authenticator app, the first or in place of the one before. */
export const newApp = signedInRoute(PATH, {
  isConfirmed: true,
  get: (visit) => show(visit),
  post: async (visit) => {
    const taken = await takeFactor(visit)
    return taken.ok
      ? seeOther(visit, '/account/factors', `${taken.kind}-added`)
      : show(visit, taken.errors, taken.typed)
  },
})

async function show(
  visit: PersonVisit,
  errors: FieldErrors = {},
  { proposal: sealed }: Typed = {},
): Promise<Response> {
  const school = await ownArea(visit)
  const { user } = visit.standing
  const { app } = await access.factorsOf(visit.directory, school, user.id)
  const proposal = await (sealed
    ? access.sameApp(school, user, sealed)
    : access.proposeApp(school, user))
  return formPage(
    visit,
    { title: 'Set up an authenticator app', back: { href: '/account/factors' }, errors },
    <>
      {app && <Inset>The app that you have now stops working when this one is set up.</Inset>}
      <EnrolApp action={PATH} hidden={{}} proposal={proposal} errors={errors} />
    </>,
  )
}
