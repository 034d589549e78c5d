import { z } from 'zod'
import * as access from '#access'
import { parseId, showShort } from '#kernel'
import { readForm } from '../form.ts'
import { BackLink, Button, Form, Inset, PageHeading, Table, Tag } from '../kit/index.ts'
import { page, seeOther } from '../page.tsx'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { ownArea } from './own.ts'

const OTHERS = 'others'
const form = z.object({ end: z.string() })

/** Where somebody is signed in, to see that it is only them, and to end what is not (PRODUCT 3.1, 3.4). */
export const sessions = signedInRoute('/account/sessions', {
  get: (visit) => show(visit),

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    const { user, session } = visit.standing
    const id = read.ok ? parseId('session', read.value.end) : undefined
    const school = await ownArea(visit)
    if (read.ok && read.value.end === OTHERS) {
      await access.endOtherSessions(visit.directory, school, user.id, session.id)
      return seeOther(visit, '/account/sessions', 'sessions-ended')
    }
    // Their own way out is “Sign out”, which takes the cookie away too.
    const refused =
      id === undefined ||
      id === session.id ||
      (await access.endSession(visit.directory, school, user.id, id))
    return seeOther(visit, '/account/sessions', refused ? 'session-was-over' : 'session-ended')
  },
})

async function show(visit: PersonVisit): Promise<Response> {
  const { user, session } = visit.standing
  const school = await ownArea(visit)
  const all = await access.sessionsOf(visit.directory, school, user.id)
  const isThis = ({ id }: access.OwnSession) => id === session.id
  return page(
    visit,
    { title: 'Where you are signed in', before: <BackLink href="/account" /> },
    <>
      <PageHeading>Where you are signed in</PageHeading>
      <p class="govuk-body">
        If you do not know one of these, end it and then{' '}
        <a class="govuk-link" href="/account/password">
          change your password
        </a>
        . An account is for one person: colleagues have their own.
      </p>
      <Table
        caption="Sessions"
        captionHidden
        columns={[
          { head: 'Device', cell: (one) => <Device one={one} isThis={isThis(one)} /> },
          { head: 'Place', cell: placeOf },
          { head: 'Signed in', cell: ({ createdAtMs }) => showShort(createdAtMs) },
          { head: 'Last used', cell: ({ seenAtMs }) => showShort(seenAtMs) },
          {
            head: 'What to do',
            headHidden: true,
            cell: (one) => (isThis(one) ? 'The one you are in' : <End one={one} />),
          },
        ]}
        rows={all}
      />
      {all.length > 1 ? <EndOthers /> : <Inset>You are signed in nowhere else.</Inset>}
      <p class="govuk-body">
        The place is worked out from the network, and may be a town away. A network has a code here,
        never an address.
      </p>
    </>,
  )
}

const Device = ({ one, isThis }: { one: access.OwnSession; isThis: boolean }) => (
  <>
    {one.device} {isThis && <Tag tone="green">This one</Tag>}
  </>
)

const End = ({ one: { id, device, createdAtMs } }: { one: access.OwnSession }) => (
  <Form action="/account/sessions" hidden={{ end: id }}>
    <Button kind="quiet">
      End
      <span class="govuk-visually-hidden">
        {' '}
        {device}, signed in {showShort(createdAtMs)}
      </span>
    </Button>
  </Form>
)

const EndOthers = () => (
  <Form action="/account/sessions" hidden={{ end: OTHERS }}>
    <Button kind="warning">End all others</Button>
  </Form>
)

/** "Leeds, GB, network 3fa94c1b": `place` is as the trail has it. What is not known is not said. */
export function placeOf({ place, city }: Pick<access.OwnSession, 'place' | 'city'>): string {
  // Two letters, a hyphen, and a code that may have hyphens of its own.
  const [country, network] = [place.slice(0, 2), place.slice(3)]
  const known = [...(city ? [city] : []), ...(country === 'XX' ? [] : [country])]
  return known.length > 0 ? [...known, `network ${network}`].join(', ') : `Network ${network}`
}
