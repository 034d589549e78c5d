import * as access from '#access'
import { BackLink, Button, Form, PageHeading, Warning } from '../kit/index.ts'
import { page, seeOther } from '../page.tsx'
import { signedInRoute } from '../route.ts'
import { CodeList } from './code-list.tsx'
import { circumstancesOf, ownArea } from './own.ts'
import { sendSoon } from '../send-soon.ts'

const PATH = '/account/recovery-codes'
const LIST = '/account/factors'

/** New recovery codes, for somebody who has what they are for. */
export const recoveryCodes = signedInRoute(PATH, {
  isConfirmed: true,
  get: async (visit) =>
    page(
      visit,
      { title: 'Make new recovery codes', before: <BackLink href={LIST} /> },
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <PageHeading>Make new recovery codes</PageHeading>
          <p class="govuk-body">
            You get ten codes, each of which lets you in once if you lose your phone or your
            passkey.
          </p>
          <Warning>The codes you have now stop working.</Warning>
          <Form action={PATH}>
            <Button>Make new codes</Button>
          </Form>
        </div>
      </div>,
    ),
  post: async (visit) => {
    const school = await ownArea(visit)
    const { directory, standing } = visit
    const found = await access.factorsOf(directory, school, standing.user.id)
    if (!access.hasFactor(found)) return seeOther(visit, LIST)

    const { tell } = circumstancesOf(visit, school)
    const codes = await access.makeRecoveryCodes(directory, school, standing.user, tell)
    sendSoon(visit, school)
    return page(visit, { title: 'Your recovery codes' }, <CodeList codes={codes} onward={LIST} />)
  },
})
