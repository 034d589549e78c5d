import * as access from '#access'
import { isRefusal, parseId } from '#kernel'
import { tellUser } from '../../account/own.ts'
import { sendSoon } from '../../send-soon.ts'
import { notFoundPage } from '../../error-pages.tsx'
import { BackLink, Button, ErrorSummary, Form, PageHeading, Warning } from '../../kit/index.ts'
import { page, seeOther } from '../../page.tsx'
import { areaOf } from '../../area.ts'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { resetRefusals } from '../../words-factors.ts'

/** A colleague lost their phone and their codes: they set up anew at the next sign-in. */
export const userFactors = everyArea('/users/:user/factors', 'end-access', {
  isConfirmed: true,
  get: async (visit) => {
    const user = await userOf(visit)
    return user ? show(visit, user) : notFoundPage(visit)
  },
  post: async (visit) => {
    const user = await userOf(visit)
    if (!user) return notFoundPage(visit)

    const { directory, school } = visit
    const refusal = await access.resetFactors(directory, school, user.id, (whom, news) =>
      tellUser(visit, school, whom, news),
    )
    if (isRefusal(refusal)) {
      return refusal.refused === 'own-account'
        ? show(visit, user, resetRefusals[refusal.refused])
        : notFoundPage(visit)
    }
    sendSoon(visit, school)
    return seeOther(visit, pathOf(visit, user), 'factors-reset')
  },
})

async function userOf(visit: SchoolVisit): Promise<access.User | undefined> {
  const id = parseId('user', visit.param('user'))
  const user = id && (await access.find(visit.directory, visit.school, id))
  return user && user.state !== 'removed' ? user : undefined
}

const pathOf = ({ organisation }: SchoolVisit, { id }: access.User, below = ''): string =>
  `${areaOf(organisation)}/users/${id}${below}`

function show(visit: SchoolVisit, user: access.User, refused?: string): Promise<Response> {
  return page(
    visit,
    {
      title: 'Reset two-step sign-in',
      status: refused ? 422 : 200,
      hasErrors: refused !== undefined,
      before: <BackLink href={pathOf(visit, user)} />,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={refused ? { form: refused } : {}} />
        <PageHeading caption={user.name}>Reset two-step sign-in</PageHeading>
        <p class="govuk-body">
          For somebody who has lost their phone or passkey, and their recovery codes. Be sure that
          it is they who ask: speak to them, do not go by an e-mail.
        </p>
        <Warning>
          Their passkeys, their app and their recovery codes stop working, and they are signed out
          everywhere. At the next sign-in they set up anew if their role needs it.
        </Warning>
        <Form action={pathOf(visit, user, '/factors')}>
          <Button kind="warning">Reset two-step sign-in</Button>
        </Form>
      </div>
    </div>,
  )
}
