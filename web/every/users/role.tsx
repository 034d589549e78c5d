import * as access from '#access'
import type { User } from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Button, Form, Inset } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { entitlementRefusals, userRefusals } from '../../words/users.ts'
import { EntitlementFields } from './entitlement-fields.tsx'
import { entitlementIn, LISTS, type Ticked, tickedFor, tickedForm } from './entitlement-form.ts'
import { kindOf, presentUserOf, userPath } from './whose.ts'
import { yearsOffered } from './years-offered.ts'

/** What somebody may do, changed by somebody else. */
export const userRole = everyArea('/users/:user/role', 'manage-users', {
  isConfirmed: true,

  get: async (visit) => {
    const user = await presentUserOf(visit)
    return user ? show(visit, user, tickedFor(user), {}) : notFoundPage(visit)
  },

  post: async (visit) => {
    const user = await presentUserOf(visit)
    if (!user) return notFoundPage(visit)
    const read = await readForm(visit.c, tickedForm, LISTS)
    const ticked = read.ok ? read.value : tickedFor(user)
    const years = await yearsOffered(visit, user.yearGroups)
    const chosen = entitlementIn(ticked, { kind: kindOf(visit), years })
    if (!chosen.ok) return show(visit, user, ticked, chosen.errors)

    const refusal = await access.changeRole(visit.directory, visit.school, user.id, chosen.value)
    if (isRefusal(refusal)) {
      return show(visit, user, ticked, { [refusal.field ?? 'form']: words[refusal.refused] })
    }
    return seeOther(visit, userPath(visit, user.id), 'user-changed')
  },
})

const words = { ...entitlementRefusals, ...userRefusals }

async function show(visit: SchoolVisit, user: User, ticked: Ticked, errors: FieldErrors) {
  const years = await yearsOffered(visit, user.yearGroups)
  return formPage(
    visit,
    {
      title: 'Change what they may do',
      caption: user.name,
      back: { href: userPath(visit, user.id) },
      errors,
    },
    user.id === visit.user.id ? (
      <Inset>{userRefusals['own-account']}.</Inset>
    ) : (
      <Form action={userPath(visit, user.id, '/role')}>
        <EntitlementFields kind={kindOf(visit)} years={years} ticked={ticked} errors={errors} />
        <p class="govuk-body">
          They are signed out everywhere. If the new role asks for two-step sign-in and they have
          not set it up, they do so when they sign in again.
        </p>
        <Button>Save</Button>
      </Form>
    ),
  )
}
