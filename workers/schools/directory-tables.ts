import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Millipence, OrganisationId } from '#kernel'
import { sealed } from '#shards'
import type { DfeNumber } from './dfe-number.ts'
import type { ContractState, OrganisationContacts, OrganisationKind } from './organisation.ts'
import type { Product } from './product.ts'

/** Schools, authorities, trusts and the operator. */
export const organisations = sqliteTable(
  'organisations',
  {
    id: text('id').$type<OrganisationId>().primaryKey(),
    kind: text('kind').$type<OrganisationKind>().notNull(),
    name: text('name').notNull(),
    state: text('state').$type<ContractState>().notNull(),
    partOf: text('part_of').$type<OrganisationId>(),
    products: text('products', { mode: 'json' }).$type<Product[]>().notNull(),
    misSupplier: text('mis_supplier'),
    dfeNumber: text('dfe_number').$type<DfeNumber>(),
    startsOn: text('starts_on'),
    endsOn: text('ends_on'),
    textsFrom: text('texts_from'),
    emailFrom: text('email_from'),
    smsPriceMillipence: integer('sms_price_millipence').$type<Millipence>().notNull(),
    passwordDays: integer('password_days'),
    idleMinutes: integer('idle_minutes').notNull(),
    absoluteHours: integer('absolute_hours').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('organisations_by_number').on(table.textsFrom),
    index('organisations_by_name').on(table.kind, table.name),
  ],
)

/** Whom to write to at an organisation, under its own key. One row each. */
export const organisationContacts = sqliteTable('organisation_contacts', {
  id: text('id').$type<OrganisationId>().primaryKey(),
  organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
  record: sealed<OrganisationContacts>('record').notNull(),
})
