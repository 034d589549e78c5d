import { and, asc, count, eq, gt, isNotNull, isNull, lte, ne } from 'drizzle-orm'
import { type OrganisationId } from '#kernel'
import { type Directory, type School, type Statement, toStatement, type Write } from '#shards'
import type { Agent, AgentId, AgentRecord } from './agent.ts'
import { MAX_AGENTS } from './agent.ts'
import { agents } from './directory-tables.ts'

export type AgentRow = typeof agents.$inferSelect

/** A school's, those at work and those waiting first, as they were made. */
export async function list(directory: Directory, school: School): Promise<Agent[]> {
  const rows = await directory.db
    .select()
    .from(agents)
    .where(eq(agents.organisationId, school.id))
    .orderBy(asc(agents.revokedAtMs), asc(agents.id))
    .limit(LISTED)
  return Promise.all(rows.map((row) => asAgent(school, row)))
}

/** One of a school's; undefined for any other. */
export async function find(
  directory: Directory,
  school: School,
  id: AgentId,
): Promise<Agent | undefined> {
  const row = await findRow(directory, id)
  return row?.organisationId === school.id ? asAgent(school, row) : undefined
}

/** Of whatever school: whoever says that they are this agent has yet to prove it. */
export async function findRow(directory: Directory, id: AgentId): Promise<AgentRow | undefined> {
  const [row] = await directory.db.select().from(agents).where(eq(agents.id, id))
  return row
}

/** The one that waits for this code now. */
export async function findByCode(
  directory: Directory,
  codeHash: string,
): Promise<AgentRow | undefined> {
  const [row] = await directory.db
    .select()
    .from(agents)
    .where(
      and(
        eq(agents.codeHash, codeHash),
        eq(agents.state, 'enrolling'),
        gt(agents.codeExpiresAtMs, directory.clock.now()),
      ),
    )
  return row
}

/** How many are at work or waiting, and how many of these are late. */
export async function countOf(
  directory: Directory,
  id: OrganisationId,
): Promise<{ agents: number; late: number }> {
  const its = and(eq(agents.organisationId, id), ne(agents.state, 'revoked'))
  const [all, late] = await Promise.all([
    directory.db.select({ count: count() }).from(agents).where(its),
    directory.db
      .select({ count: count() })
      .from(agents)
      .where(and(its, lateAt(directory.clock.now()))),
  ])
  return { agents: all[0]?.count ?? 0, late: late[0]?.count ?? 0 }
}

/** Those whose night's data is missing, and whose school has not been told. */
export const toTell = (directory: Directory, limit: number): Promise<AgentRow[]> =>
  directory.db
    .select()
    .from(agents)
    .where(and(lateAt(directory.clock.now()), isNull(agents.toldLateAtMs)))
    .orderBy(asc(agents.expectedByMs))
    .limit(limit)

export const told = (directory: Directory, id: AgentId): Write =>
  changed(directory, id, { toldLateAtMs: directory.clock.now() })

export async function added(
  directory: Directory,
  school: School,
  {
    id,
    name,
    ...rest
  }: Pick<AgentRow, 'id' | 'codeHash' | 'codeExpiresAtMs' | 'nightlyHour'> & {
    name: string
  },
): Promise<Statement> {
  const record = await school.seal(agents.record, id, { name, keys: null })
  const row = {
    id,
    ...rest,
    organisationId: school.id,
    state: 'enrolling' as const,
    record,
    createdAtMs: directory.clock.now(),
  }
  return toStatement(directory.db.insert(agents).values(row))
}

export const changed = (
  directory: Directory,
  id: AgentId,
  change: Partial<Omit<AgentRow, 'id' | 'organisationId' | 'record'>>,
): Statement => toStatement(directory.db.update(agents).set(change).where(eq(agents.id, id)))

/** Another record, and what changes with it, provided that nobody changed it since it was read. */
export async function recordChanged(
  directory: Directory,
  school: School,
  row: AgentRow,
  record: AgentRecord,
  change: Partial<Omit<AgentRow, 'id' | 'organisationId' | 'record'>> = {},
): Promise<Statement[]> {
  const same = and(
    eq(agents.id, row.id),
    eq(agents.record, row.record),
    eq(agents.state, row.state),
  )
  const sealed = await school.seal(agents.record, row.id, record)
  return [
    directory.expect(directory.db.select({ id: agents.id }).from(agents).where(same)),
    toStatement(
      directory.db
        .update(agents)
        .set({ ...change, record: sealed })
        .where(same),
    ),
  ]
}

export async function asAgent(school: School, row: AgentRow): Promise<Agent> {
  const { record, loginHash: _, codeHash: __, ...plain } = row
  return { ...plain, ...(await school.open(agents.record, row.id, record)) }
}

/** Those revoked stay on the list, for what they once sent. */
const LISTED = MAX_AGENTS * 5

const lateAt = (nowMs: number) =>
  and(eq(agents.state, 'active'), isNotNull(agents.expectedByMs), lte(agents.expectedByMs, nowMs))
