import { sql } from 'drizzle-orm'
import { fromStoredMillipence, type Millipence, NOTHING, type OrganisationId } from '#kernel'
import { type Directory, statement } from '#shards'
import type { CreditKind } from './credit.ts'
import { organisations } from './directory-tables.ts'
import type { ContractState, OrganisationKind } from './organisation.ts'

/** From the first instant on, and before the second. */
export type Period = { fromMs: number; untilMs: number }

/** Money that came in, went out with messages, and came back for what was not sent. */
export type Sums = Record<CreditKind, Millipence>

/** One customer's account: nothing of pupils, of messages only what they cost. */
export type Account = {
  id: OrganisationId
  name: string
  kind: OrganisationKind
  state: ContractState
  inPeriod: Sums
  inAll: Sums
  balance: Millipence
}

type Placed = Pick<Account, 'id' | 'name' | 'kind' | 'state'> & { shard: number }
type Sum = { id: OrganisationId; kind: CreditKind; inPeriod: number; inAll: number }

/** A page of customers by name, each with what it bought and spent: one query to each shard they are on. */
export async function accounts(
  directory: Directory,
  period: Period,
  page: { limit: number; offset: number },
): Promise<Account[]> {
  const customers = await placed(directory, page)
  const shards = [...new Set(customers.map(({ shard }) => shard))]
  const sums = await Promise.all(
    shards.map((shard) =>
      sumsOn(
        directory,
        shard,
        customers.filter((one) => one.shard === shard),
        period,
      ),
    ),
  )
  const byCustomer = Map.groupBy(sums.flat(), ({ id }) => id)
  return customers.map((customer) => accountOf(customer, byCustomer.get(customer.id) ?? []))
}

/** How many customers have an account. */
export async function countAccounts(directory: Directory): Promise<number> {
  const [found] = await directory.rows<{ accounts: number }>(
    statement(sql`select count(*) as accounts from ${organisations} where ${withAccounts}`),
  )
  return found?.accounts ?? 0
}

/** Trusts buy through their schools, and the operator buys nothing. */
const withAccounts = sql`kind in ('school', 'authority')`

const placed = (directory: Directory, page: { limit: number; offset: number }) =>
  directory.rows<Placed>(
    statement(sql`
      select o.id, o.name, o.kind, o.state, p.shard
      from organisations o join placements p on p.organisation_id = o.id
      where ${withAccounts} order by o.name, o.id limit ${page.limit} offset ${page.offset}`),
  )

/**
 * Sums of many customers on one shard in one query, where `School` would ask one by one: credit entries
 * are about money alone, and the ids are those of customers that were found on this shard.
 */
async function sumsOn(
  directory: Directory,
  shard: number,
  customers: readonly Placed[],
  { fromMs, untilMs }: Period,
): Promise<Sum[]> {
  const { sql: text, params } = statement(sql`
    select school_id as id, kind, sum(millipence) as inAll,
      sum(iif(at_ms >= ${fromMs} and at_ms < ${untilMs}, millipence, 0)) as inPeriod
    from credit_entries
    where school_id in (select value from json_each(${JSON.stringify(customers.map(({ id }) => id))}))
    group by school_id, kind`)
  const found = await directory.premises.shards[shard]
    ?.prepare(text)
    .bind(...params)
    .all<Sum>()
  return found?.results ?? []
}

function accountOf({ shard: _, ...customer }: Placed, sums: readonly Sum[]): Account {
  const of = (when: 'inPeriod' | 'inAll'): Sums => {
    const sized = sums.map((sum) => [sum.kind, fromStoredMillipence(Math.abs(sum[when]))])
    return { bought: NOTHING, spent: NOTHING, returned: NOTHING, ...Object.fromEntries(sized) }
  }
  const balance = fromStoredMillipence(sums.reduce((sum, { inAll }) => sum + inAll, 0))
  return { ...customer, inPeriod: of('inPeriod'), inAll: of('inAll'), balance }
}
