import type { Holding } from '#shards'
import { organisationContacts, organisations } from './directory-tables.ts'
import { creditEntries } from './tables.ts'

export const organisationsHolding = {
  table: organisations,
  about: 'school',
  purpose:
    'Says who our customers are, from which number and address each writes, and at what price',
  basis: 'contract',
  columns: {
    id: 'identifier',
    kind: 'operational',
    name: 'operational',
    state: 'operational',
    partOf: 'identifier',
    products: 'operational',
    misSupplier: 'operational',
    dfeNumber: 'operational',
    startsOn: 'operational',
    endsOn: 'operational',
    textsFrom: 'operational',
    emailFrom: 'operational',
    smsPriceMillipence: 'operational',
    passwordDays: 'operational',
    idleMinutes: 'operational',
    absoluteHours: 'operational',
    createdAtMs: 'operational',
  },
  keep: {
    until: 'contract-end',
    days: 6 * 365,
    because: 'PRODUCT 8.2: names the owner of the ledger',
  },
  destroy: 'ledger',
} satisfies Holding<typeof organisations>

export const organisationContactsHolding = {
  table: organisationContacts,
  about: 'user',
  purpose: 'Says whom to write to at a customer, its data protection officer among them',
  basis: 'contract',
  columns: { id: 'identifier', organisationId: 'identifier', record: 'personal' },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof organisationContacts>

export const creditEntriesHolding = {
  table: creditEntries,
  about: 'school',
  purpose: 'Shows what a school bought and what its messages cost',
  basis: 'legal-obligation',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    kind: 'operational',
    millipence: 'operational',
    subject: 'identifier',
    atMs: 'operational',
    actorId: 'identifier',
  },
  keep: { until: 'made', days: 6 * 365, because: 'PRODUCT 8.2: transactional records, six years' },
  destroy: 'ledger',
} satisfies Holding<typeof creditEntries>
