import { deviceOf } from '../device.ts'
import { formPage } from '../form-page.tsx'
import type { FieldErrors, Typed } from '../form.ts'
import { seeOther } from '../page.tsx'
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
  const name = typed.name ?? deviceOf(visit.c.req.header('User-Agent'))
  return formPage(
    visit,
    { title: 'Add a passkey', back: { href: '/account/factors' }, errors },
    <EnrolPasskey action={PATH} hidden={{}} name={name} errors={errors} />,
  )
}
