import { showPounds } from '#kernel'
import * as schools from '#schools'
import type { Account } from '#schools'
import {
  Button,
  ButtonLink,
  Empty,
  Form,
  PageHeading,
  Pagination,
  Select,
  Table,
} from '../kit/index.ts'
import { page } from '../page.tsx'
import { pageNumber } from '../page-number.ts'
import { operatorRoute } from '../route.ts'
import { contractStateNames } from '../words/organisations.ts'
import { type Month, monthIn, monthsOffered, periodOf, showMonth } from './accounts-month.ts'

const PAGE = 50

/** What each customer bought, spent and got back. Of messages only what they cost, of pupils nothing. */
export const accounts = operatorRoute('/operator/accounts', 'see-accounts', {
  get: async (visit) => {
    const { directory } = visit
    const nowMs = directory.clock.now()
    const month = monthIn(visit.c.req.query('month'), nowMs)
    const number = pageNumber(visit)
    const [total, shown] = await Promise.all([
      schools.countAccounts(directory),
      schools.accounts(directory, periodOf(month), { limit: PAGE, offset: (number - 1) * PAGE }),
    ])
    return page(
      visit,
      { title: 'Accounts' },
      <>
        <PageHeading
          actions={
            <ButtonLink kind="secondary" href="/operator/accounts/export">
              Export a month
            </ButtonLink>
          }
        >
          Accounts
        </PageHeading>
        <Form action="/operator/accounts" method="get">
          <MonthSelect month={month} nowMs={nowMs} />
          <Button kind="secondary">Show this month</Button>
        </Form>
        <AccountTable month={month} shown={shown} />
        <Pagination
          page={number}
          pages={Math.ceil(total / PAGE)}
          of="accounts"
          href={(to) => `/operator/accounts?month=${month}&page=${to}`}
        />
      </>,
    )
  },
})

export const MonthSelect = ({ month, nowMs }: { month: Month; nowMs: number }) => (
  <Select
    name="month"
    label="Month"
    value={month}
    options={monthsOffered(nowMs).map((one) => ({ value: one, text: showMonth(one) }))}
  />
)

const AccountTable = ({ month, shown }: { month: Month; shown: readonly Account[] }) => (
  <Table
    caption={`Accounts in ${showMonth(month)}, and the balance today`}
    columns={[
      { head: 'Customer', cell: ({ name }: Account) => name },
      { head: 'Contract', cell: ({ state }) => contractStateNames[state] },
      { head: 'Bought', numeric: true, cell: ({ inPeriod }) => showPounds(inPeriod.bought) },
      { head: 'Spent', numeric: true, cell: ({ inPeriod }) => showPounds(inPeriod.spent) },
      { head: 'Returned', numeric: true, cell: ({ inPeriod }) => showPounds(inPeriod.returned) },
      { head: 'Bought in all', numeric: true, cell: ({ inAll }) => showPounds(inAll.bought) },
      { head: 'Spent in all', numeric: true, cell: ({ inAll }) => showPounds(inAll.spent) },
      { head: 'Returned in all', numeric: true, cell: ({ inAll }) => showPounds(inAll.returned) },
      { head: 'Balance', numeric: true, cell: ({ balance }) => showPounds(balance) },
    ]}
    rows={shown}
    empty={
      <Empty heading="No account">
        A customer has an account from the day that it is set up. There is none on this page.
      </Empty>
    }
  />
)
