import { type Clock, invariant, type SchoolId } from '#kernel'
import type { Vault } from '#vault'
import type { Actor } from './actor.ts'
import { Scope } from './scope.ts'
import { type Statement, toStatement, type Write } from './statement.ts'

/** The trail entry of a commit. Only `audit.entry` makes one. */
export type Entry = Statement & { readonly entryId: string }

/** What whoever makes a page lets run beside it. */
export type Beside = {
  /** Done before the answer leaves. */
  readonly during: Promise<unknown>[]
  /** Begun when the answer is made. */
  readonly after: (() => Promise<unknown>)[]
}

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
  readonly #beside: Beside | undefined

  constructor(
    id: SchoolId,
    shard: number,
    d1: D1Database,
    vault: Vault,
    actor: Actor,
    clock: Clock,
    beside?: Beside,
  ) {
    super(d1, id, vault)
    this.id = id
    this.shard = shard
    this.actor = actor
    this.clock = clock
    this.#vault = vault
    this.#beside = beside
  }

  /** The same school, with somebody else acting; `beside` takes what a page need not wait for. */
  as(actor: Actor, beside?: Beside): School {
    return new School(this.id, this.shard, this.d1, this.#vault, actor, this.clock, beside)
  }

  /** Waits for work that is under way; a page goes on, and fails before it is seen where the work fails. */
  async alongside(work: Promise<unknown>): Promise<void> {
    if (!this.#beside) return void (await work)
    // The page that waits for it sees the failure: until then it is nobody's fault unhandled.
    work.catch(() => undefined)
    this.#beside.during.push(work)
  }

  /** Does this now; a page does it when its answer is on the way. */
  async afterwards(work: () => Promise<unknown>): Promise<void> {
    if (this.#beside) this.#beside.after.push(work)
    else await work()
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
