import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Millipence, OrganisationId } from '#kernel'
import type { ContractState, OrganisationKind } from './organisation.ts'

/** Schools, authorities and the operator. */
export const organisations = sqliteTable(
  'organisations',
  {
    id: text('id').$type<OrganisationId>().primaryKey(),
    kind: text('kind').$type<OrganisationKind>().notNull(),
    name: text('name').notNull(),
    state: text('state').$type<ContractState>().notNull(),
    textsFrom: text('texts_from'),
    emailFrom: text('email_from'),
    smsPriceMillipence: integer('sms_price_millipence').$type<Millipence>().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('organisations_by_number').on(table.textsFrom),
    index('organisations_by_name').on(table.kind, table.name),
  ],
)
