import { and, asc, eq, isNotNull, lte, ne, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Day, OrganisationId } from '#kernel'
import { type Directory, statement } from '#shards'
import { organisations } from './directory-tables.ts'
import type { Organisation } from './organisation.ts'

/** What narrows the list of customers. */
export type Narrowed = {
  /** Part of a name; capitals and the kind of apostrophe do not matter. */
  words?: string
  kind?: Organisation['kind'] | undefined
  state?: Organisation['state'] | undefined
}

/**
 * The ids of organisations whose area is open (`isOpen`), to put into another query: whoever asks has no
 * list of them to carry.
 */
export const openIds: SQL = sql`
  select id from organisations where state not in ('locked', 'purged')`

/** A page of the customers that fit, by name. */
export const search = (
  directory: Directory,
  narrowed: Narrowed,
  page: { limit: number; offset: number },
): Promise<Organisation[]> =>
  directory.db
    .select()
    .from(organisations)
    .where(fitting(narrowed))
    .orderBy(asc(organisations.name), asc(organisations.id))
    .limit(page.limit)
    .offset(page.offset)

export async function countFound(directory: Directory, narrowed: Narrowed): Promise<number> {
  const [found] = await directory.db
    .select({ found: sql<number>`count(*)` })
    .from(organisations)
    .where(fitting(narrowed))
  return found?.found ?? 0
}

/** Trusts that a school may belong to, by name. */
export const trusts = (directory: Directory): Promise<Organisation[]> =>
  directory.db
    .select()
    .from(organisations)
    .where(and(eq(organisations.kind, 'trust'), notInArray(organisations.state, [...CLOSED])))
    .orderBy(asc(organisations.name))
    .limit(MAX_TRUSTS)

/** The schools of a trust, by name. */
export const schoolsOf = (directory: Directory, trust: OrganisationId): Promise<Organisation[]> =>
  directory.db
    .select()
    .from(organisations)
    .where(eq(organisations.partOf, trust))
    .orderBy(asc(organisations.name))
    .limit(MAX_SCHOOLS)

/** Customers whose contract ends by a day, the soonest first. */
export const endingBy = (directory: Directory, day: Day, limit: number): Promise<Organisation[]> =>
  directory.db
    .select()
    .from(organisations)
    .where(and(stillOpen, isNotNull(organisations.endsOn), lte(organisations.endsOn, day)))
    .orderBy(asc(organisations.endsOn), asc(organisations.name))
    .limit(limit)

/** Customers whose end date has come: some of them, by lot, so that one that fails keeps no place. */
export async function ended(
  directory: Directory,
  today: Day,
  limit: number,
): Promise<OrganisationId[]> {
  const found = await directory.db
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(stillOpen, isNotNull(organisations.endsOn), lte(organisations.endsOn, today)))
    .orderBy(sql`random()`)
    .limit(limit)
  return found.map(({ id }) => id)
}

/** Open customers of one shard who subscribe to any of these products. */
export async function subscribed(
  directory: Directory,
  shard: number,
  products: readonly string[],
): Promise<OrganisationId[]> {
  const rows = await directory.rows<{ id: OrganisationId }>(
    statement(sql`
      select o.id from organisations o join placements p on p.organisation_id = o.id
      where p.shard = ${shard} and o.state not in ('locked', 'purged') and exists (
        select 1 from json_each(o.products) as one
        where one.value in (select value from json_each(${JSON.stringify(products)})))
      limit ${MAX_ON_A_SHARD}`),
  )
  return rows.map(({ id }) => id)
}

const CLOSED = ['locked', 'purged'] as const
const MAX_TRUSTS = 1_000
const MAX_SCHOOLS = 500
/** DESIGN 2.2: 24,500 schools on 256 shards are a hundred each; this leaves room. */
const MAX_ON_A_SHARD = 2_000

const stillOpen = and(
  ne(organisations.kind, 'operator'),
  notInArray(organisations.state, [...CLOSED]),
)

function fitting({ words = '', kind, state }: Narrowed): SQL | undefined {
  const typed = words.trim()
  return and(
    ne(organisations.kind, 'operator'),
    typed === '' ? undefined : sql`instr(${plain(organisations.name)}, ${plain(typed)}) > 0`,
    kind && eq(organisations.kind, kind),
    state && eq(organisations.state, state),
  )
}

/** `like` is limited to 50 bytes on D1; this is not, and ’ is found by the ' that keyboards have. */
const plain = (text: unknown): SQL => sql`replace(lower(${text}), '’', '''')`
