import { deviceOf } from '../device.ts'
import type { FieldErrors, Typed } from '../form.ts'
import { BackLink, ErrorSummary, PageHeading } from '../kit/index.ts'
import { page, seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { EnrolPasskey } from './enrol-forms.tsx'
import { takeFactor } from './take-factor.ts'

const PATH = '/account/factors/passkey'

/** One more passkey. */
export const newPasskey = signedInRoute(PATH, {
  isConfirmed: true,
  get: (visit) => show(visit),
  post: async (visit) => {
    const taken = await takeFactor(visit)
    return taken.ok
      ? seeOther(visit, '/account/factors', `${taken.kind}-added`)
      : show(visit, taken.errors, taken.typed)
  },
})

function show(visit: PersonVisit, errors: FieldErrors = {}, typed: Typed = {}): Promise<Response> {
  const hasErrors = Object.keys(errors).length > 0
  const name = typed.name ?? deviceOf(visit.c.req.header('User-Agent'))
  return page(
    visit,
    {
      title: 'Add a passkey',
      status: hasErrors ? 422 : 200,
      hasErrors,
      before: <BackLink href="/account/factors" />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <PageHeading>Add a passkey</PageHeading>
        <EnrolPasskey action={PATH} hidden={{}} name={name} errors={errors} />
      </div>
    </div>,
  )
}
