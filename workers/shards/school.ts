import { type Clock, invariant, type SchoolId } from '#kernel'
import type { Vault } from '#vault'
import type { Actor } from './actor.ts'
import { Scope } from './scope.ts'
import { type Statement, toStatement, type Write } from './statement.ts'

/** The trail entry of a commit. Only `audit.entry` makes one. */
export type Entry = Statement & { readonly entryId: string }

const MAX_TRIES = 3
// D1 does not retry writes; these say that the statement may or may not have run.
const LOST = /Network connection lost|storage caused object to be reset|reset because its code/

/**
 * One school's data, as one actor sees it: the only way to its rows. It is a parameter of every
 * query, so a query without a school does not type and one school's code cannot reach another's rows.
 * (An authority and the operator have such an area too.)
 */
export class School extends Scope {
  readonly id: SchoolId
  readonly shard: number
  readonly actor: Actor
  readonly clock: Clock
  readonly #vault: Vault

  constructor(
    id: SchoolId,
    shard: number,
    d1: D1Database,
    vault: Vault,
    actor: Actor,
    clock: Clock,
  ) {
    super(d1, id, vault)
    this.id = id
    this.shard = shard
    this.actor = actor
    this.clock = clock
    this.#vault = vault
  }

  /** The same school, with somebody else acting. */
  as(actor: Actor): School {
    return new School(this.id, this.shard, this.d1, this.#vault, actor, this.clock)
  }

  /**
   * A change and its trail entry are one act: all of it happens, or none. False where an
   * expectation no longer held. An answer lost on the way is looked up by the entry, not run twice.
   */
  async commit(...writes: (Write | Write[])[]): Promise<boolean> {
    const all = writes.flat()
    const entry = all.find((write): write is Entry => 'entryId' in write)
    invariant(entry, 'a commit carries its trail entry')
    const statements = all.map(toStatement)

    for (let tries = 1; ; tries++) {
      try {
        return await this.batch(statements)
      } catch (error) {
        if (tries === MAX_TRIES || !LOST.test(String(error))) throw error
        if (await this.#isIn(entry.entryId)) return true
      }
    }
  }

  async #isIn(entryId: string): Promise<boolean> {
    const found = await this.rows({ sql: 'select 1 from trail where id = ?', params: [entryId] })
    return found.length > 0
  }
}
