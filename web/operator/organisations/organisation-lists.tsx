import { showDay, showPence, showPhone, showShort } from '#kernel'
import * as schools from '#schools'
import type { Organisation, OrganisationContacts } from '#schools'
import { ButtonGroup, ButtonLink, SummaryList, type SummaryRow } from '../../kit/index.ts'
import { mayAsOperator } from '../../may.ts'
import type { SchoolVisit } from '../../route.ts'
import { contractStateNames, productWords } from '../../words/organisations.ts'
import { type Customer, customerPath } from './customer.ts'
import { CustomerLink } from './list.tsx'

/**
 * The ways into a school’s own area: with a code that its user reads out, or with a reason; and, of customers of
 * every kind, whose area may be locked, a way to what they may be owed as a file.
 */
export const Ways = ({ visit: { user }, customer }: { visit: SchoolVisit; customer: Customer }) => {
  const hasArea = customer.kind === 'school' && schools.isOpen(customer)
  const isKept = customer.state !== 'purged'
  const ways = [
    { text: 'Enter with a code', below: '/screening', is: hasArea, may: 'be-let-in' },
    { text: 'Enter with a reason', below: '/entry', is: hasArea, may: 'enter-by-reason' },
    { text: 'Ask for an export', below: '/bulk-export', is: isKept, may: 'export-in-bulk' },
  ] as const
  const open = ways.filter((way) => way.is && mayAsOperator(user, way.may))
  if (open.length === 0) return null
  return (
    <ButtonGroup>
      {open.map(({ text, below }) => (
        <ButtonLink kind="secondary" href={customerPath(customer, below)}>
          {text}
        </ButtonLink>
      ))}
    </ButtonGroup>
  )
}

type Shown = { customer: Customer; mayChange: boolean }

export const Contract = ({ customer, mayChange }: Shown) => (
  <SummaryList
    title="Contract"
    rows={[
      {
        key: 'State',
        value: contractStateNames[customer.state],
        ...(mayChange &&
          customer.state !== 'purged' && {
            action: {
              text: 'Change',
              href: customerPath(customer, '/contract'),
              hidden: 'the contract',
            },
          }),
      },
      { key: 'First day', value: customer.startsOn ? showDay(customer.startsOn) : 'Not entered' },
      { key: 'End date', value: customer.endsOn ? showDay(customer.endsOn) : 'None' },
    ]}
  />
)

export const Configuration = ({
  customer,
  trust,
  mayChange,
}: Shown & { trust: Organisation | undefined }) => {
  const change = (below: string, hidden: string): Pick<SummaryRow, 'action'> =>
    mayChange ? { action: { text: 'Change', href: customerPath(customer, below), hidden } } : {}
  const details = change('/details', 'the details')
  return (
    <SummaryList
      title="Configuration"
      rows={[
        { key: 'Name', value: customer.name, ...details },
        ...(customer.kind === 'trust'
          ? []
          : [{ key: 'Products', value: productsIn(customer), ...change('/products', 'products') }]),
        ...(customer.kind === 'school' ? schoolRows(customer, trust) : []),
        ...(customer.kind === 'trust'
          ? []
          : [{ key: 'E-mails come from', value: customer.emailFrom ?? 'Schoolgate’s address' }]),
        { key: 'Set up', value: showShort(customer.createdAtMs) },
      ]}
    />
  )
}

const schoolRows = (customer: Customer, trust: Organisation | undefined): SummaryRow[] => [
  { key: 'DfE number', value: customer.dfeNumber ?? 'Not entered' },
  { key: 'Trust', value: trust ? <CustomerLink organisation={trust} /> : 'None' },
  { key: 'Supplier of its records system', value: customer.misSupplier ?? 'Not entered' },
  {
    key: 'Texts come from',
    value: customer.textsFrom ? showPhone(customer.textsFrom) : 'It does not text',
  },
  {
    key: 'Price of each part of a text',
    value: customer.smsPriceMillipence > 0 ? showPence(customer.smsPriceMillipence) : 'Not entered',
  },
]

const productsIn = ({ products }: Organisation): string =>
  products.length === 0 ? 'None' : products.map((one) => productWords[one].name).join(', ')

/** Whom to write to, for the operator’s Administrators. */
export const Contacts = (props: {
  customer: Customer
  contacts: OrganisationContacts | undefined
}) => {
  const { customer, contacts } = props
  const action = {
    text: 'Change',
    href: customerPath(customer, '/details'),
    hidden: 'whom to write to',
  }
  const rows = contacts ? entered(contacts) : []
  const [first, ...others] = rows.length > 0 ? rows : [{ key: 'Contacts', value: 'Not entered' }]
  return (
    <SummaryList title="Whom to write to" rows={first ? [{ ...first, action }, ...others] : []} />
  )
}

const entered = (contacts: OrganisationContacts): SummaryRow[] =>
  [
    ['Postal address', contacts.address],
    ['Contact person', contacts.contactName],
    ['Contact’s e-mail', contacts.contactEmail],
    ['Contact’s telephone number', contacts.contactPhone && showPhone(contacts.contactPhone)],
    ['Data protection officer', contacts.dataProtectionOfficerName],
    ['Data protection officer’s e-mail', contacts.dataProtectionOfficerEmail],
  ].flatMap(([key, value]) => (key && value ? [{ key, value }] : []))
