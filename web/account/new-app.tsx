import * as access from '#access'
import type { FieldErrors, Typed } from '../form.ts'
import { BackLink, ErrorSummary, Inset, PageHeading } from '../kit/index.ts'
import { page, seeOther } from '../page.tsx'
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
  const hasErrors = Object.keys(errors).length > 0
  return page(
    visit,
    {
      title: 'Set up an authenticator app',
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href="/account/factors" />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading>Set up an authenticator app</PageHeading>
        {app && <Inset>The app that you have now stops working when this one is set up.</Inset>}
        <EnrolApp action={PATH} hidden={{}} proposal={proposal} errors={errors} />
      </div>
    </div>,
  )
}
