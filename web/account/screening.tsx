import * as access from '#access'
import { showTime } from '#kernel'
import { Button, Form, Inset, PageHeading, SummaryList, Warning } from '../kit/index.ts'
import { page, seeOther } from '../page.tsx'
import { areaOf } from '../area.ts'
import { type PersonVisit, signedInRoute } from '../route.ts'
import { levelOf } from '../words/support.ts'
import { ownArea } from './own.ts'

/** Where somebody of a school lets support in: by a code that they read out (PRODUCT 3.6). */
export const screening = signedInRoute('/account/screening', {
  get: async (visit) => (isOfSchool(visit) ? show(visit) : elsewhere(visit)),

  // The code is in this answer and nowhere else, so there is no page to go on to.
  post: async (visit) => {
    if (!isOfSchool(visit)) return elsewhere(visit)
    const school = await ownArea(visit)
    return show(visit, await access.makeCode(visit.directory, school, visit.user.id))
  },
})

/** Authorities have no area that support could be let in to, nor has the operator. */
const isOfSchool = ({ organisation }: PersonVisit): boolean => organisation.kind === 'school'
const elsewhere = (visit: PersonVisit) => seeOther(visit, areaOf(visit.organisation))

type Made = { code: string; untilMs: number }

async function show(visit: PersonVisit, made?: Made): Promise<Response> {
  const { directory, organisation, user } = visit
  const school = await ownArea(visit)
  const [untilMs, live] = await Promise.all([
    access.codeUntil(directory, organisation.id, user.id),
    access.liveSupport(directory, school),
  ])
  const guests = live.filter(({ screenedBy }) => screenedBy === user.id)
  return page(
    visit,
    { title: 'Let support in' },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <PageHeading>Let Schoolgate support in</PageHeading>
        {guests.map((guest) => (
          <Guest guest={guest} />
        ))}
        {made ? <Code made={made} /> : <Explained user={user} />}
        {!made && untilMs !== undefined && (
          <Inset>
            A code that you made can be used until {showTime(untilMs)}. We keep nothing that it
            could be shown from: if you no longer have it, make another. That closes the older one.
          </Inset>
        )}
        <Form action="/account/screening">
          <Button kind={made ? 'secondary' : 'primary'}>
            {made ? 'Make another code' : 'Make a code'}
          </Button>
        </Form>
      </div>
    </div>,
  )
}

const Explained = ({ user }: Pick<PersonVisit, 'user'>) => (
  <>
    <p class="govuk-body">
      When you have rung Schoolgate support, they may need to see what you see. Make a code and read
      it out to them. It lets that one person into your school’s area:
    </p>
    <ul class="govuk-list govuk-list--bullet">
      <li>
        at {levelOf(user.role)} or lower, {yearsOf(user)}, without Attendance, Safeguarding or
        Payments
      </li>
      <li>for 30 minutes from when they enter it; you can end it here at any moment</li>
      <li>with everything that they see and do in your school’s trail, under their name</li>
    </ul>
    <Warning>
      Read a code only to somebody whom you rang yourself. Nobody from Schoolgate will ring you and
      ask for one.
    </Warning>
  </>
)

const yearsOf = ({ yearGroups }: Pick<access.User, 'yearGroups'>): string =>
  yearGroups === null ? 'for all year groups' : `for ${yearGroups.join(', ')} only`

const Code = ({ made: { code, untilMs } }: { made: Made }) => (
  <>
    <h2 class="govuk-heading-m">Read this out</h2>
    <p class="sg-spoken-code">{access.inGroups(code)}</p>
    <p class="govuk-body">
      It works once, until {showTime(untilMs)}, for your school only. It is not shown again; making
      another closes this one.
    </p>
    <p class="govuk-body">
      While support is in, a banner says so on every page of yours. To end it, press “End it now”
      there, or come back to this page.
    </p>
  </>
)

const Guest = ({ guest }: { guest: access.SupportAccess }) => (
  <>
    <SummaryList
      title="Support is in your school’s area"
      rows={[
        { key: 'Who', value: guest.who },
        { key: 'Level', value: levelOf(guest.role) },
        { key: 'Why', value: guest.reason },
        { key: 'Since', value: showTime(guest.startedAtMs) },
        { key: 'Until', value: showTime(guest.endsAtMs) },
      ]}
    />
    <Form action="/account/screening/end">
      <Button kind="warning">End support’s access</Button>
    </Form>
  </>
)
