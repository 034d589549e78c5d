import * as delivery from '#delivery'
import { showShort } from '#kernel'
import * as schools from '#schools'
import { Empty, PageHeading, Stat, Stats, Table, Tag } from '../kit/index.ts'
import { mayAsOperator } from '../may.ts'
import { page } from '../page.tsx'
import { operatorRoute, type SchoolVisit } from '../route.ts'
import { contractStateNames, organisationKindNames } from '../words-organisations.ts'

const SHOWN = 100

/** The operator's first page: does anything need mending, and who are our customers. */
export const home = operatorRoute('/operator', 'see-operator-home', {
  get: async (visit) =>
    page(
      visit,
      { title: 'Home' },
      <>
        <PageHeading caption={visit.organisation.name}>Home</PageHeading>
        {mayAsOperator(visit.user, 'see-health') ? await health(visit) : <NothingForFinance />}
      </>,
    ),
})

async function health(visit: SchoolVisit) {
  const [letters, counts, listed] = await Promise.all([
    delivery.deadLetters.list(visit.directory),
    schools.countByKind(visit.directory),
    schools.list(visit.directory, { limit: SHOWN }),
  ])
  const total = counts.reduce((sum, { organisations }) => sum + organisations, 0)
  return (
    <>
      <Stats label="What needs somebody">
        <Stat
          count={letters.length}
          words={letters.length === 1 ? 'dead letter' : 'dead letters'}
          href="/operator/dead-letters"
          tone={letters.length > 0 ? 'urgent' : 'calm'}
        />
      </Stats>
      <Organisations listed={listed} />
      {total > SHOWN && (
        <p class="govuk-body">
          The first {SHOWN} of {total} are shown.
        </p>
      )}
    </>
  )
}

const Organisations = ({ listed }: { listed: schools.Organisation[] }) => (
  <Table
    caption="Organisations"
    columns={[
      { head: 'Name', cell: ({ name }) => name },
      { head: 'Kind', cell: ({ kind }) => organisationKindNames[kind] },
      { head: 'Contract', cell: ({ state }) => <Contract state={state} /> },
      { head: 'Texts from', cell: ({ textsFrom }) => textsFrom ?? 'does not text' },
      { head: 'Since', cell: ({ createdAtMs }) => showShort(createdAtMs) },
    ]}
    rows={listed}
  />
)

const tones = { trial: 'blue', active: 'green', notice: 'yellow', locked: 'red' } as const

const Contract = ({ state }: { state: schools.ContractState }) => (
  <Tag tone={tones[state]}>{contractStateNames[state]}</Tag>
)

const NothingForFinance = () => (
  <Empty heading="Nothing to do yet">
    Payments, invoices and refunds will be here once a school takes payments through Schoolgate.
    Finance sees nothing of pupils, messages or their delivery.
  </Empty>
)
