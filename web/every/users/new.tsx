import { z } from 'zod'
import * as access from '#access'
import type { Entitlement } from '#access'
import { isRefusal, parseEmail } from '#kernel'
import { sendSoon } from '../../send-soon.ts'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Button, Form, TextInput } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { mendRefusals } from '../../words/people.ts'
import { entitlementRefusals, inviteRefusals } from '../../words/users.ts'
import { EntitlementFields } from './entitlement-fields.tsx'
import { entitlementIn, LISTS, tickedFields } from './entitlement-form.ts'
import { letterFrom } from './letter.ts'
import { kindOf, usersPath } from './whose.ts'
import { yearsOffered } from './years-offered.ts'

const LONGEST_NAME = 100

const text = z.string().catch('')
const form = z.object({ name: text, email: text, ...tickedFields })
type Filled = z.infer<typeof form>
/** Nothing is ticked beforehand: who may write to whom is chosen each time. */
const blank: Filled = { name: '', email: '', role: '', grants: [], years: [] }

/** Somebody new: they are asked by e-mail, and choose their password themselves. */
export const newUser = everyArea('/users/new', 'manage-users', {
  isConfirmed: true,

  get: (visit) => show(visit, blank, {}),

  post: async (visit) => {
    const read = await readForm(visit.c, form, LISTS)
    const filled = read.ok ? read.value : blank
    const checked = check(filled, visit, await yearsOffered(visit))
    if (!checked.ok) return show(visit, filled, checked.errors)

    const { directory, school, organisation } = visit
    const letter = letterFrom(visit, school, { organisation, role: checked.invitee.role })
    const sent = await access.invite(directory, school, checked.invitee, letter)
    if (isRefusal(sent)) return show(visit, filled, { [sent.field ?? 'form']: words[sent.refused] })
    sendSoon(visit, school)
    return seeOther(visit, usersPath(visit), 'user-invited')
  },
})

const words = { ...entitlementRefusals, ...inviteRefusals }

type Checked = { ok: true; invitee: access.Invitee } | { ok: false; errors: FieldErrors }

function check(filled: Filled, visit: SchoolVisit, years: readonly string[]): Checked {
  const kind = kindOf(visit)
  const name = filled.name.replace(/\s+/g, ' ').trim()
  const email = parseEmail(filled.email)
  const entitlement = entitlementIn(filled, { kind, years })
  const errors = {
    ...(name === '' && { name: 'Enter their name' }),
    ...(name.length > LONGEST_NAME && { name: `Enter at most ${LONGEST_NAME} characters` }),
    ...(!email.ok && { email: mendRefusals[`email-${email.reason}`] }),
    ...(!entitlement.ok && entitlement.errors),
  }
  if (Object.keys(errors).length > 0 || !email.ok || !entitlement.ok) return { ok: false, errors }
  const value: Entitlement = entitlement.value
  return { ok: true, invitee: { kind, name, email: email.email, ...value } }
}

async function show(visit: SchoolVisit, filled: Filled, errors: FieldErrors): Promise<Response> {
  const years = await yearsOffered(visit)
  return formPage(
    visit,
    { title: 'Invite a user', back: { href: usersPath(visit) }, errors },
    <>
      <p class="govuk-body">
        They are sent an e-mail with a link that works once, for 7 days, and choose their own
        password. An account is for one person: do not use an address that several people read.
      </p>
      <Form action={usersPath(visit, '/new')}>
        <Who filled={filled} errors={errors} />
        <EntitlementFields kind={kindOf(visit)} years={years} ticked={filled} errors={errors} />
        <Button>Send the invitation</Button>
      </Form>
    </>,
  )
}

const Who = ({ filled, errors }: { filled: Filled; errors: FieldErrors }) => (
  <>
    <TextInput
      name="name"
      label="Full name"
      labelSize="s"
      hint="As their colleagues know them, like Mrs Ngozi Okafor"
      autocomplete="off"
      value={filled.name}
      error={errors['name']}
    />
    <TextInput
      name="email"
      type="email"
      label="E-mail address"
      labelSize="s"
      hint="They sign in with it"
      autocomplete="off"
      spellcheck={false}
      value={filled.email}
      error={errors['email']}
    />
  </>
)
