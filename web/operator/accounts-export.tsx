import { z } from 'zod'
import * as audit from '#audit'
import { type Millipence, NOTHING } from '#kernel'
import * as schools from '#schools'
import type { Account, Sums } from '#schools'
import { readForm } from '../form.ts'
import { BackLink, Button, Form, PageHeading } from '../kit/index.ts'
import { page } from '../page.tsx'
import { operatorRoute, type SchoolVisit } from '../route.ts'
import { csvHeaders, csvText } from '../csv-text.ts'
import { contractStateNames, organisationKindNames } from '../words/organisations.ts'
import { MonthSelect } from './accounts.tsx'
import { type Month, monthIn, periodOf, showMonth } from './accounts-month.ts'

/** Customers summed up at a time. */
const BATCH = 500
/** DESIGN 2.2: every state school in England, and every authority, with room to spare. */
const MOST = 30_000

const form = z.object({ month: z.string().optional() })

/** A month of all accounts as a file for the books. The operator’s own trail says who took it. */
export const accountsExport = operatorRoute('/operator/accounts/export', 'see-accounts', {
  isConfirmed: true,
  get: (visit) => {
    const nowMs = visit.directory.clock.now()
    return page(
      visit,
      { title: 'Export accounts', before: <BackLink href="/operator/accounts" /> },
      <>
        <PageHeading>Export accounts</PageHeading>
        <p class="govuk-body">
          One line a customer: what it bought, spent and got back in the month and in all, and its
          balance now, in pounds. It opens in a spreadsheet.
        </p>
        <Form>
          <MonthSelect month={monthIn(undefined, nowMs)} nowMs={nowMs} />
          <Button>Download</Button>
        </Form>
      </>,
    )
  },

  post: async (visit) => {
    const read = await readForm(visit.c, form)
    const month = monthIn(read.ok ? read.value.month : undefined, visit.directory.clock.now())
    const lines = await linesFor(visit, month)
    const facts = { month, accounts: lines.length }
    await visit.school.commit(
      audit.entry(visit.school, 'accounts.exported', visit.organisation.id, facts),
    )
    return visit.c.body(
      csvText([headsFor(month), ...lines]),
      200,
      csvHeaders(`accounts-${month}.csv`),
    )
  },
})

async function linesFor({ directory }: SchoolVisit, month: Month): Promise<string[][]> {
  const lines: string[][] = []
  for (let offset = 0; offset < MOST; offset += BATCH) {
    const found = await schools.accounts(directory, periodOf(month), { limit: BATCH, offset })
    lines.push(...found.map(lineOf))
    if (found.length < BATCH) break
  }
  return lines
}

const headsFor = (month: Month): string[] => {
  const named = showMonth(month)
  return [
    'Customer',
    'Name',
    'Kind',
    'Contract',
    ...[`in ${named}`, 'in all'].flatMap((when) => [
      `Bought ${when}`,
      `Spent ${when}`,
      `Returned ${when}`,
    ]),
    'Balance now',
    'Overdrawn now',
  ]
}

const lineOf = (account: Account): string[] => [
  account.id,
  account.name,
  organisationKindNames[account.kind],
  contractStateNames[account.state],
  ...sumsOf(account.inPeriod),
  ...sumsOf(account.inAll),
  // In two columns, both without a sign: a cell that begins with one is taken for a formula.
  inPounds(account.balance > 0 ? account.balance : NOTHING),
  inPounds(account.balance < 0 ? (-account.balance as Millipence) : NOTHING),
]

const sumsOf = ({ bought, spent, returned }: Sums): string[] =>
  [bought, spent, returned].map(inPounds)

/** In full, to the thousandth of a penny, so that a sum of lines is exact: "15.36", "0.02400". */
const inPounds = (amount: Millipence): string => {
  const text = (amount / 100_000).toFixed(5)
  return text.replace(/(\.\d\d\d*?)0+$/, '$1')
}
