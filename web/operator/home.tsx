import * as access from '#access'
import * as delivery from '#delivery'
import { londonDay } from '#kernel'
import * as schools from '#schools'
import { homeNotices } from '../every/home-notices.tsx'
import { ButtonLink, Empty, PageHeading, Stat, Stats } from '../kit/index.ts'
import { mayAsOperator } from '../may.ts'
import { page } from '../page.tsx'
import { operatorRoute, type SchoolVisit } from '../route.ts'
import { Ending, Unopened } from './home-tables.tsx'

/** Contracts that end within this are shown before they do. */
const ENDING_DAYS = 30
const DAY_MS = 24 * 60 * 60_000
const SHOWN = 20

/** The operator’s first page: what needs somebody, for those who may do something about it. */
export const home = operatorRoute('/operator', 'see-home', {
  get: async (visit) =>
    page(
      visit,
      { title: 'Home' },
      <>
        <PageHeading caption={visit.organisation.name}>Home</PageHeading>
        {await homeNotices(visit)}
        {mayAsOperator(visit.user, 'see-organisations') ? await customers(visit) : forFinance}
      </>,
    ),
})

async function customers(visit: SchoolVisit) {
  const { directory } = visit
  const nowMs = directory.clock.now()
  const [letters, ending, unopened, total] = await Promise.all([
    delivery.deadLetters.list(directory),
    schools.endingBy(directory, londonDay(nowMs + ENDING_DAYS * DAY_MS), SHOWN),
    access.withoutAnyAccount(directory, SHOWN),
    schools.countFound(directory, {}),
  ])
  return (
    <>
      <Stats label="What needs somebody">
        <Stat
          count={letters.length}
          words={letters.length === 1 ? 'dead letter' : 'dead letters'}
          href="/operator/dead-letters"
          tone={letters.length > 0 ? 'urgent' : 'calm'}
        />
        <Stat
          count={counted(ending)}
          words={ending.length === 1 ? 'contract ends soon' : 'contracts end soon'}
          href="#ending"
          tone={ending.length > 0 ? 'attention' : 'calm'}
        />
        <Stat
          count={counted(unopened)}
          words={unopened.length === 1 ? 'customer without accounts' : 'customers without accounts'}
          href="#unopened"
          tone={unopened.length > 0 ? 'attention' : 'calm'}
        />
        <Stat
          count={total.toLocaleString('en-GB')}
          words={total === 1 ? 'organisation' : 'organisations'}
          href="/operator/organisations"
        />
      </Stats>
      <Ending ending={ending} days={ENDING_DAYS} />
      <Unopened unopened={await withNames(visit, unopened)} nowMs={nowMs} />
    </>
  )
}

/** More than are shown are not counted out. */
const counted = (found: readonly unknown[]): string =>
  found.length < SHOWN ? `${found.length}` : `${SHOWN} or more`

async function withNames({ directory }: SchoolVisit, unopened: readonly access.Unopened[]) {
  const found = await Promise.all(
    unopened.map(async ({ organisationId, expiresAtMs }) => ({
      organisation: await schools.find(directory, organisationId),
      expiresAtMs,
    })),
  )
  return found.flatMap(({ organisation, expiresAtMs }) =>
    organisation && schools.isOpen(organisation) ? [{ organisation, expiresAtMs }] : [],
  )
}

const forFinance = (
  <Empty
    heading="Accounts"
    action={<ButtonLink href="/operator/accounts">See the accounts</ButtonLink>}
  >
    What each customer bought, spent and got back, by month. Finance sees nothing of pupils, of
    messages or of their delivery.
  </Empty>
)
