import { showDay } from '#kernel'
import * as schools from '#schools'
import type { Organisation } from '#schools'
import {
  ButtonLink,
  Empty,
  Filter,
  FilterLayout,
  PageHeading,
  Pagination,
  Select,
  Table,
  Tag,
  TextInput,
} from '../../kit/index.ts'
import { mayAsOperator } from '../../may.ts'
import { page } from '../../page.tsx'
import { pageNumber } from '../../page-number.ts'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import {
  contractStateNames,
  contractTones,
  organisationKindNames,
} from '../../words/organisations.ts'
import { customerKinds } from './answers.ts'
import { customerPath } from './customer.ts'

const PAGE = 25
const LONGEST_WORDS = 100

/** Every customer, to be found by name, kind and contract. Public bodies' names may stand in a URL. */
export const organisationList = operatorRoute('/operator/organisations', 'see-organisations', {
  get: async (visit) => {
    const narrowed = narrowedIn(visit)
    const number = pageNumber(visit)
    const [total, found] = await Promise.all([
      schools.countFound(visit.directory, narrowed),
      schools.search(visit.directory, narrowed, { limit: PAGE, offset: (number - 1) * PAGE }),
    ])
    const mayAdd = mayAsOperator(visit.user, 'change-organisations')
    return page(
      visit,
      { title: 'Organisations' },
      <>
        <PageHeading actions={mayAdd && newLink}>Organisations</PageHeading>
        <FilterLayout filter={<Narrowing narrowed={narrowed} />}>
          <Customers found={found} total={total} />
          <Pagination
            page={number}
            pages={Math.ceil(total / PAGE)}
            of="organisations"
            href={(to) => `/operator/organisations?${queryOf(narrowed)}page=${to}`}
          />
        </FilterLayout>
      </>,
    )
  },
})

const newLink = <ButtonLink href="/operator/organisations/new">Set up an organisation</ButtonLink>

function narrowedIn({ c }: SchoolVisit): schools.Narrowed {
  const asked = (name: string) => c.req.query(name)
  return {
    words: (asked('name') ?? '').slice(0, LONGEST_WORDS),
    kind: customerKinds.find((kind) => kind === asked('kind')),
    state: schools.contractStates.find((state) => state === asked('state')),
  }
}

function queryOf({ words, kind, state }: schools.Narrowed): string {
  const query = new URLSearchParams({
    ...(words && { name: words }),
    ...(kind && { kind }),
    ...(state && { state }),
  }).toString()
  return query === '' ? '' : `${query}&`
}

const Narrowing = ({ narrowed }: { narrowed: schools.Narrowed }) => (
  <Filter action="/operator/organisations" method="get">
    <TextInput name="name" label="Name" value={narrowed.words} type="search" />
    <Select
      name="kind"
      label="Kind"
      prompt="Every kind"
      value={narrowed.kind}
      options={customerKinds.map((kind) => ({ value: kind, text: organisationKindNames[kind] }))}
    />
    <Select
      name="state"
      label="Contract"
      prompt="Every contract"
      value={narrowed.state}
      options={schools.contractStates.map((state) => ({
        value: state,
        text: contractStateNames[state],
      }))}
    />
  </Filter>
)

const Customers = ({ found, total }: { found: readonly Organisation[]; total: number }) => (
  <Table
    caption={`Organisations: ${total.toLocaleString('en-GB')}`}
    columns={[
      { head: 'Name', cell: (one: Organisation) => <CustomerLink organisation={one} /> },
      { head: 'Kind', cell: ({ kind }) => organisationKindNames[kind] },
      { head: 'Contract', cell: ({ state }) => <ContractTag state={state} /> },
      { head: 'Ends', cell: ({ endsOn }) => (endsOn ? showDay(endsOn) : 'No end date') },
    ]}
    rows={found}
    empty={
      <Empty heading="No organisation fits">
        Type less of the name, or choose every kind and every contract.
      </Empty>
    }
  />
)

export const CustomerLink = ({ organisation }: { organisation: Organisation }) => (
  <a class="govuk-link" href={customerPath(organisation)}>
    {organisation.name}
  </a>
)

export const ContractTag = ({ state }: Pick<Organisation, 'state'>) => (
  <Tag tone={contractTones[state]}>{contractStateNames[state]}</Tag>
)
