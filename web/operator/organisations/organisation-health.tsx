import type { Invited, RoleCount } from '#access'
import type { ParcelState } from '#delivery'
import { showShort } from '#kernel'
import type { Organisation } from '#schools'
import { ButtonLink, Empty, Table } from '../../kit/index.ts'
import { roleNames } from '../../words/roles.ts'
import { type Customer, customerPath } from './customer.ts'
import { ContractTag, CustomerLink } from './list.tsx'

type PeopleProps = {
  people: readonly RoleCount[]
  invited: Invited
  customer: Customer
  mayChange: boolean
}

/** How many people there are of each role: not who. */
export const People = ({ people, invited, customer, mayChange }: PeopleProps) => (
  <>
    <Table
      caption="People who can sign in"
      columns={[
        { head: 'Role', cell: ({ role }: RoleCount) => roleNames[role] },
        { head: 'People', numeric: true, cell: (one) => one.people },
        { head: 'Of them suspended', numeric: true, cell: ({ suspended }) => suspended },
      ]}
      rows={people}
      empty={
        <Empty
          heading="Nobody can sign in yet"
          action={mayChange && <InviteLink customer={customer} />}
        >
          Accounts are opened by invitation. {invitedWords(invited)}
        </Empty>
      }
    />
    {people.length > 0 && invited.invited > 0 && <p class="govuk-body">{invitedWords(invited)}</p>}
  </>
)

const InviteLink = ({ customer }: Pick<PeopleProps, 'customer'>) => (
  <ButtonLink href={customerPath(customer, '/invitation')}>Invite an Administrator</ButtonLink>
)

function invitedWords({ invited, untilMs, isOpen }: Invited): string {
  if (invited === 0) return 'Nobody is invited at present.'
  const are = invited === 1 ? 'One invitation is' : `${invited} invitations are`
  return isOpen
    ? `${are} not answered yet; the last one is open until ${showShort(untilMs)}.`
    : `${are} not answered; the last one expired on ${showShort(untilMs)}.`
}

export const SchoolsOfTrust = (props: { schools: readonly Organisation[] }) => (
  <Table
    caption="Schools of this trust"
    columns={[
      { head: 'Name', cell: (one: Organisation) => <CustomerLink organisation={one} /> },
      { head: 'Contract', cell: ({ state }) => <ContractTag state={state} /> },
    ]}
    rows={props.schools}
    empty={
      <Empty heading="No school yet">
        A school is put into a trust when it is set up, or in its details.
      </Empty>
    }
  />
)

type Counts = Partial<Record<ParcelState, number>>

/** How delivery does, in numbers: nothing of what was said or to whom. */
export const DeliveryHealth = ({ parcels, days }: { parcels: Counts; days: number }) => {
  const rows = healthRows(parcels).filter(({ count }) => count > 0)
  return (
    <Table
      caption={`Texts and e-mails of messages written in the last ${days} days`}
      columns={[
        { head: 'What became of them', cell: ({ words }: (typeof rows)[number]) => words },
        { head: 'Number', numeric: true, cell: ({ count }) => count.toLocaleString('en-GB') },
      ]}
      rows={rows}
      empty={
        <Empty heading="Nothing was sent lately">
          No text and no e-mail of a message was made in the last {days} days.
        </Empty>
      }
    />
  )
}

const healthRows = (parcels: Counts) =>
  groups.map(({ words, states }) => ({
    words,
    count: states.reduce((sum, state) => sum + (parcels[state] ?? 0), 0),
  }))

const groups: readonly { words: string; states: readonly ParcelState[] }[] = [
  { words: 'Delivered', states: ['delivered'] },
  { words: 'Sent, not reported on yet', states: ['sent'] },
  { words: 'Waiting or on their way', states: ['created', 'queued', 'sending'] },
  { words: 'Uncertain: being looked up', states: ['uncertain'] },
  { words: 'Failed for good', states: ['failed-permanent'] },
  { words: 'Failed for now', states: ['failed-temporary', 'failed-expired'] },
  { words: 'Failed by a fault', states: ['failed-technical'] },
  { words: 'Cancelled', states: ['cancelled'] },
]
