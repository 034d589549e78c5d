import { z } from 'zod'
import * as access from '#access'
import { isRefusal, parseId } from '#kernel'
import { formPage } from '../form-page.tsx'
import { readForm } from '../form.ts'
import { Button, ButtonLink, Form, Warning } from '../kit/index.ts'
import { seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { removeRefusals } from '../words/factors.ts'
import { circumstancesOf, ownArea } from './own.ts'
import { sendSoon } from '../send-soon.ts'

const PATH = '/account/factors/removal'
const LIST = '/account/factors'
const form = z.object({ factor: z.string().catch('') })

/** Takes one away that is lost, or not used any more. */
export const factorRemoval = signedInRoute(PATH, {
  isConfirmed: true,
  get: async (visit) => {
    const factor = factorFrom(visit.c.req.query('factor'))
    const found = factor && (await ownFactor(visit, factor))
    return found ? show(visit, found) : seeOther(visit, LIST)
  },
  post: async (visit) => {
    const read = await readForm(visit.c, form)
    const factor = read.ok ? factorFrom(read.value.factor) : undefined
    const found = factor && (await ownFactor(visit, factor))
    if (!found) return seeOther(visit, LIST)

    const school = await ownArea(visit)
    const { tell } = circumstancesOf(visit, school)
    const { directory, standing } = visit
    const refusal = await access.removeFactor(directory, school, standing, found.id, tell)
    if (isRefusal(refusal)) return show(visit, found, removeRefusals[refusal.refused])
    sendSoon(visit, school)
    return seeOther(visit, LIST, found.id === 'app' ? 'app-removed' : 'passkey-removed')
  },
})

const factorFrom = (text: string | undefined): access.FactorId | undefined =>
  text === 'app' ? text : parseId('passkey', text)

type Found = { id: access.FactorId; name: string; isNeeded: boolean }

async function ownFactor(visit: PersonVisit, id: access.FactorId): Promise<Found | undefined> {
  const { user } = visit.standing
  const factors = await access.factorsOf(visit.directory, await ownArea(visit), user.id)
  const isNeeded = access.mustStay(user, factors)
  if (id === 'app')
    return factors.app ? { id, name: 'your authenticator app', isNeeded } : undefined
  const passkey = factors.passkeys.find((one) => one.id === id)
  return passkey && { id, name: `the passkey “${passkey.name}”`, isNeeded }
}

function show(visit: PersonVisit, found: Found, refused?: string): Promise<Response> {
  const { id, name, isNeeded } = found
  const what = id === 'app' ? 'the authenticator app' : 'a passkey'
  return formPage(
    visit,
    {
      title: `Remove ${what}`,
      back: { href: LIST },
      errors: refused ? { form: refused } : {},
    },
    isNeeded ? (
      <>
        <p class="govuk-body">{removeRefusals['last-factor']}.</p>
        <ButtonLink href={LIST}>Back to two-step sign-in</ButtonLink>
      </>
    ) : (
      <Form action={PATH} hidden={{ factor: id }}>
        <Warning>From now on {name} does not let you in any more.</Warning>
        <Button kind="warning">Remove {what}</Button>
      </Form>
    ),
  )
}
