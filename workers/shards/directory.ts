import { asc, count, eq } from 'drizzle-orm'
import { type Clock, type SchoolId } from '#kernel'
import type { Vault } from '#vault'
import type { Actor } from './actor.ts'
import { placements } from './directory-tables.ts'
import { School } from './school.ts'
import { Scope } from './scope.ts'
import type { Statement, Write } from './statement.ts'

/** Where everything is kept. Made once at the composition root, passed to whoever opens a school. */
export type Premises = {
  directory: D1Database
  shards: readonly D1Database[]
  vault: Vault
  clock: Clock
}

/** The directory's own keyring: user names and e-mails must be found before a school is known. */
export const DIRECTORY_HOLDER = 'directory'

/** What no single school owns: organisations, users, sessions, and which shard holds whom. */
export class Directory extends Scope {
  readonly premises: Premises
  readonly clock: Clock

  constructor(premises: Premises) {
    super(premises.directory, DIRECTORY_HOLDER, premises.vault)
    this.premises = premises
    this.clock = premises.clock
  }

  /** Opens a school's area for an actor; undefined where no shard holds it. */
  async school(id: SchoolId, actor: Actor): Promise<School | undefined> {
    const [found] = await this.db.select().from(placements).where(eq(placements.organisationId, id))
    return found && this.schoolAt(found.shard, id, actor)
  }

  /** Opens a school whose shard the caller was told by ourselves (a queue body, a reference we signed). */
  schoolAt(shard: number, id: SchoolId, actor: Actor): School | undefined {
    const { shards, vault, clock } = this.premises
    const d1 = shards[shard]
    return d1 && new School(id, shard, d1, vault, actor, clock)
  }

  /**
   * The schools of a shard whose rows answer a query for `school_id`: how cron finds where something
   * is due. It gives ids only; their rows are reached through each school.
   */
  async schoolsHaving(shard: number, query: Statement): Promise<SchoolId[]> {
    const d1 = this.premises.shards[shard]
    const found = await d1
      ?.prepare(query.sql)
      .bind(...query.params)
      .all<{ school_id: SchoolId }>()
    return found?.results.map((row) => row.school_id) ?? []
  }

  /** The write that puts a new organisation on the emptiest shard. */
  async place(id: SchoolId): Promise<{ shard: number; write: Write }> {
    const counted = await this.db
      .select({ shard: placements.shard, held: count() })
      .from(placements)
      .groupBy(placements.shard)
      .orderBy(asc(placements.shard))
    const held = this.premises.shards.map(
      (_, shard) => counted.find((c) => c.shard === shard)?.held ?? 0,
    )
    const shard = held.indexOf(Math.min(...held))
    return { shard, write: this.placed(id, shard) }
  }

  /** The write that puts a new organisation on a given shard. */
  placed(id: SchoolId, shard: number): Write {
    const row = { organisationId: id, shard }
    return this.db.insert(placements).values(row)
  }
}
