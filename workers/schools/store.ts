import { and, asc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { fromStoredMillipence, type Millipence, newId, NOTHING, type OrganisationId } from '#kernel'
import {
  type Directory,
  type School,
  statement,
  type Statement,
  toStatement,
  type Write,
} from '#shards'
import type { CreditKind } from './credit.ts'
import { organisationContacts, organisations } from './directory-tables.ts'
import { dfeNumberFree } from './dfe-number-store.ts'
import { isOpen, type Organisation, type OrganisationContacts } from './organisation.ts'
import { creditEntries } from './tables.ts'

export async function find(
  directory: Directory,
  id: OrganisationId,
): Promise<Organisation | undefined> {
  const [found] = await directory.db.select().from(organisations).where(eq(organisations.id, id))
  return found
}

/** Whose number this is: an inbound text finds its school by it. `e164` as `parsePhone` gives it. */
export async function findByNumber(
  directory: Directory,
  e164: string,
): Promise<Organisation | undefined> {
  const [found] = await directory.db
    .select()
    .from(organisations)
    .where(eq(organisations.textsFrom, e164))
  return found
}

/** A page of organisations by kind and name; the next one begins after the last page's. */
export const list = (
  directory: Directory,
  options: { limit?: number; offset?: number } = {},
): Promise<Organisation[]> =>
  directory.db
    .select()
    .from(organisations)
    .orderBy(asc(organisations.kind), asc(organisations.name), asc(organisations.id))
    .limit(Math.min(options.limit ?? MAX_LISTED, MAX_LISTED))
    .offset(options.offset ?? 0)

/** A new organisation, provided that nobody else has its DfE number by then. */
export const added = (directory: Directory, organisation: Organisation): Write[] => [
  ...dfeNumberFree(directory, organisation),
  directory.db.insert(organisations).values(organisation),
]

/** The contract moved on, provided that it is still where it was read, and its DfE number is nobody else's. */
export const contractMoved = (
  directory: Directory,
  { id, state, endsOn, dfeNumber }: Organisation,
  to: Pick<Organisation, 'state' | 'endsOn'>,
): Write[] => [
  ...(isOpen({ state }) ? [] : dfeNumberFree(directory, { id, dfeNumber })),
  directory.expect(
    directory.db
      .select({ id: organisations.id })
      .from(organisations)
      .where(
        and(
          eq(organisations.id, id),
          eq(organisations.state, state),
          endsOn === null ? isNull(organisations.endsOn) : eq(organisations.endsOn, endsOn),
        ),
      ),
  ),
  directory.db.update(organisations).set(to).where(eq(organisations.id, id)),
]

export const changed = (
  directory: Directory,
  id: OrganisationId,
  change: Partial<Omit<Organisation, 'id' | 'kind' | 'state' | 'endsOn'>>,
): Write[] => [
  ...dfeNumberFree(directory, { id, ...change }),
  directory.db.update(organisations).set(change).where(eq(organisations.id, id)),
]

/**
 * Details changed, provided that nobody else has the numbers by then, and that whoever else changed some of them was
 * not overwritten unseen: all are still as they were read.
 */
export const detailsChanged = (
  directory: Directory,
  before: Organisation,
  details: Partial<Omit<Organisation, 'id' | 'kind' | 'products'>>,
): Write[] => {
  const { id } = before
  const stillSo = (Object.keys(details) as (keyof typeof details)[]).map(
    (field) => sql`${organisations[field]} is ${before[field]}`,
  )
  const among = () => directory.db.select({ id: organisations.id }).from(organisations)
  const { textsFrom } = details
  return [
    directory.expect(among().where(and(eq(organisations.id, id), ...stillSo))),
    ...(textsFrom
      ? [
          directory.expectNone(
            among().where(and(eq(organisations.textsFrom, textsFrom), ne(organisations.id, id))),
          ),
        ]
      : []),
    ...changed(directory, id, details),
  ]
}

/** Whom to write to at an organisation; undefined where nobody has entered it. */
export async function contactsOf(
  directory: Directory,
  school: School,
): Promise<OrganisationContacts | undefined> {
  const [row] = await directory.db
    .select()
    .from(organisationContacts)
    .where(eq(organisationContacts.id, school.id))
  return row && school.open(organisationContacts.record, row.id, row.record)
}

export async function contactsSaved(
  directory: Directory,
  school: School,
  contacts: OrganisationContacts,
): Promise<Statement> {
  const record = await school.seal(organisationContacts.record, school.id, contacts)
  // As a statement: a query of drizzle's own runs where it is waited for.
  return toStatement(
    directory.db
      .insert(organisationContacts)
      .values({ id: school.id, organisationId: school.id, record })
      .onConflictDoUpdate({ target: organisationContacts.id, set: { record } }),
  )
}

/** What is left to spend: everything bought and returned less everything spent. */
export async function balance(school: School): Promise<Millipence> {
  const [found] = await school.rows<{ credit: number }>(
    statement(sql`select ${sumOf(school)} as credit`),
  )
  return fromStoredMillipence(found?.credit ?? 0)
}

/** Makes the commit it is part of fail where less than this is left at that moment. */
export const enoughCredit = (school: School, amount: Millipence): Statement =>
  statement(sql`insert into expectations (held) select ${sumOf(school)} >= ${amount}`)

/** Takes the price of a message away. Goes with `enoughCredit` in one commit, except in an emergency. */
export const spent = (school: School, messageId: string, amount: Millipence): Statement =>
  entered(school, 'spent', messageId, -amount as Millipence)

/**
 * Gives back what a message did not cost after all, once. `owed` may be a query, for what is known
 * only when the write runs; nothing owed writes nothing.
 */
export function returned(school: School, messageId: string, owed: SQL | Millipence): Statement {
  const atMs = school.clock.now()
  return statement(sql`
    insert into credit_entries (id, school_id, kind, millipence, subject, at_ms, actor_id)
    select ${newId('credit', atMs)}, ${school.id}, 'returned', owed, ${messageId}, ${atMs},
      ${school.actor.id}
    from (select ${owed} as owed) where owed > 0
    on conflict do nothing`)
}

/** What came back for one message. */
export async function returnedFor(school: School, messageId: string): Promise<Millipence> {
  const [found] = await school.db
    .select({ millipence: creditEntries.millipence })
    .from(creditEntries)
    .where(
      and(
        eq(creditEntries.schoolId, school.id),
        eq(creditEntries.kind, 'returned'),
        eq(creditEntries.subject, messageId),
      ),
    )
  return found?.millipence ?? NOTHING
}

/** What was bought under this name, as far as anything was. */
export const boughtAs = (school: School, subject: string) =>
  school.db
    .select({ id: creditEntries.id })
    .from(creditEntries)
    .where(
      and(
        eq(creditEntries.schoolId, school.id),
        eq(creditEntries.kind, 'bought'),
        eq(creditEntries.subject, subject),
      ),
    )

export function entered(
  school: School,
  kind: CreditKind,
  subject: string,
  amount: Millipence,
): Statement {
  const atMs = school.clock.now()
  const id = newId('credit', atMs)
  const row = {
    id,
    schoolId: school.id,
    kind,
    millipence: amount,
    subject,
    atMs,
    actorId: school.actor.id,
  }
  return school.db.insert(creditEntries).values(row).toSQL()
}

const MAX_LISTED = 500

const sumOf = (school: School) =>
  sql`(select coalesce(sum(millipence), 0) from credit_entries where school_id = ${school.id})`
