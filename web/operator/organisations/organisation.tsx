import * as access from '#access'
import * as delivery from '#delivery'
import * as schools from '#schools'
import { notFoundPage } from '../../error-pages.tsx'
import { BackLink, PageHeading } from '../../kit/index.ts'
import { mayAsOperator } from '../../may.ts'
import { page } from '../../page.tsx'
import { operatorRoute, type SchoolVisit } from '../../route.ts'
import { organisationKindNames } from '../../words/organisations.ts'
import { customerOf } from '../customer-of.ts'
import { type Customer, customerIn } from './customer.ts'
import { ContractTag } from './list.tsx'
import { DeliveryHealth, People, SchoolsOfTrust } from './organisation-health.tsx'
import { Configuration, Contacts, Contract, Ways } from './organisation-lists.tsx'

const HEALTH_DAYS = 7
const DAY_MS = 24 * 60 * 60_000

/**
 * One customer: how it is configured, how its delivery does, how many people it has and not who. Whom to
 * write to there is shown to the operator’s Administrators only (PRODUCT 3.6).
 */
export const organisationPage = operatorRoute(
  '/operator/organisations/:organisation',
  'see-organisations',
  {
    get: async (visit) => {
      const customer = await customerIn(visit)
      if (!customer) return notFoundPage(visit)
      return page(
        visit,
        {
          title: customer.name,
          before: <BackLink href="/operator/organisations" text="Organisations" />,
        },
        <>
          <PageHeading caption={organisationKindNames[customer.kind]}>{customer.name}</PageHeading>
          <p class="govuk-body">
            <ContractTag state={customer.state} />
          </p>
          {await partsOf(visit, customer)}
        </>,
      )
    },
  },
)

async function partsOf(visit: SchoolVisit, customer: Customer) {
  const mayChange = mayAsOperator(visit.user, 'change-organisations')
  const { trust, schoolsOfTrust, people, invited, contacts, parcels } = await factsOf(
    visit,
    customer,
    mayChange,
  )
  return (
    <>
      <Ways visit={visit} customer={customer} />
      <Contract customer={customer} mayChange={mayChange} />
      <Configuration customer={customer} trust={trust} mayChange={mayChange} />
      {customer.kind === 'trust' ? (
        <SchoolsOfTrust schools={schoolsOfTrust} />
      ) : (
        <People {...{ people, invited, customer, mayChange }} />
      )}
      {customer.kind !== 'trust' && <DeliveryHealth parcels={parcels} days={HEALTH_DAYS} />}
      {mayChange && <Contacts customer={customer} contacts={contacts} />}
    </>
  )
}

/** Only what this person may see is looked up: contacts are not opened for those who may not. */
async function factsOf(visit: SchoolVisit, customer: Customer, mayChange: boolean) {
  const { directory } = visit
  const school = await customerOf(visit)
  const sinceMs = directory.clock.now() - HEALTH_DAYS * DAY_MS
  const [trust, schoolsOfTrust, people, invited, contacts, parcels] = await Promise.all([
    customer.partOf ? schools.find(directory, customer.partOf) : undefined,
    customer.kind === 'trust' ? schools.schoolsOf(directory, customer.id) : [],
    access.countByRole(directory, customer.id),
    access.countInvited(directory, customer.id),
    mayChange && school ? schools.contactsOf(directory, school) : undefined,
    school ? delivery.countSince(school, sinceMs) : {},
  ])
  return { trust, schoolsOfTrust, people, invited, contacts, parcels }
}
