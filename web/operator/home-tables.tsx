import { showDay, showShort } from '#kernel'
import type { Organisation } from '#schools'
import { Empty, Table } from '../kit/index.ts'
import { ContractTag, CustomerLink } from './organisations/list.tsx'

/** Contracts that end soon, the soonest first. */
export const Ending = ({ ending, days }: { ending: readonly Organisation[]; days: number }) => (
  <section id="ending">
    <Table
      caption={`Contracts that end within ${days} days`}
      columns={[
        { head: 'Customer', cell: (one: Organisation) => <CustomerLink organisation={one} /> },
        { head: 'Contract', cell: ({ state }) => <ContractTag state={state} /> },
        { head: 'Locked from', cell: ({ endsOn }) => (endsOn ? showDay(endsOn) : 'No end date') },
      ]}
      rows={ending}
      empty={
        <Empty heading="No contract ends soon">
          One that ends within {days} days is shown here, until it is locked on that day.
        </Empty>
      }
    />
  </section>
)

export type UnopenedCustomer = { organisation: Organisation; expiresAtMs: number }

/** Customers where somebody was invited and nobody has opened an account. */
export const Unopened = ({
  unopened,
  nowMs,
}: {
  unopened: readonly UnopenedCustomer[]
  nowMs: number
}) => (
  <section id="unopened">
    <Table
      caption="Invited, and no account opened yet"
      columns={[
        {
          head: 'Customer',
          cell: ({ organisation }: UnopenedCustomer) => (
            <CustomerLink organisation={organisation} />
          ),
        },
        {
          head: 'Invitation',
          cell: ({ expiresAtMs }) =>
            expiresAtMs > nowMs
              ? `Open until ${showShort(expiresAtMs)}`
              : `Expired on ${showShort(expiresAtMs)}: invite again`,
        },
      ]}
      rows={unopened}
      empty={
        <Empty heading="Every customer has accounts">
          A new one is shown here until its first Administrator has opened an account.
        </Empty>
      }
    />
  </section>
)
