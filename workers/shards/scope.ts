import { getTableName } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { log } from '#kernel'
import {
  fingerprint,
  type Fingerprint,
  keyIdOf,
  type Keyring,
  open,
  seal,
  type Sealed,
  type Vault,
} from '#vault'
import type { Contents } from './sealed-column.ts'
import { type Statement, toStatement, type Write } from './statement.ts'

type Query = { toSQL(): Statement }

/** A database and the keyring of whoever its rows belong to: what a school and the directory share. */
export class Scope {
  readonly db: DrizzleD1Database
  #keyring: Promise<Keyring> | undefined
  protected readonly d1: D1Database
  readonly #holder: string
  readonly #vault: Vault

  constructor(d1: D1Database, holder: string, vault: Vault) {
    this.d1 = d1
    this.db = drizzle(d1)
    this.#holder = holder
    this.#vault = vault
  }

  /** Seals a value for one row of one column; it opens nowhere else. */
  async seal<C extends SQLiteColumn>(
    column: C,
    row: string,
    value: Contents<C>,
  ): Promise<Sealed<Contents<C>>> {
    const keyring = await this.keyring()
    return seal(keyring.current, this.#place(column, row), value)
  }

  async open<T>(column: SQLiteColumn, row: string, sealed: Sealed<T>): Promise<T> {
    const keyring = await this.#keyringWith(keyIdOf(sealed))
    return open((id) => keyring.byId.get(id), this.#place(column, row), sealed)
  }

  /** A keyed digest, by which equal values of one kind are found again in this scope only. */
  async fingerprint(kind: string, value: string): Promise<Fingerprint> {
    return fingerprint((await this.keyring()).fingerprintKey, kind, value)
  }

  /** Makes the commit it is part of fail if the query finds nothing any more. */
  expect(query: Query): Statement {
    const { sql: text, params } = query.toSQL()
    return { sql: `insert into expectations (held) select exists (${text})`, params }
  }

  /** Makes the commit it is part of fail if the query finds something by then. */
  expectNone(query: Query): Statement {
    const { sql: text, params } = query.toSQL()
    return { sql: `insert into expectations (held) select not exists (${text})`, params }
  }

  /**
   * Runs writes as one transaction without a trail entry: for the machine's own bookkeeping
   * (leases, statuses, counters), where no person acted. False where an expectation no longer held.
   */
  async write(...writes: (Write | Write[])[]): Promise<boolean> {
    const statements = writes.flat().map(toStatement)
    if (statements.length === 0) return true
    return this.batch(statements)
  }

  /** Runs one statement and returns the rows it gives back (`… returning`, or SQL kept as SQL). */
  async rows<T>(query: Statement): Promise<T[]> {
    return (await this.prepared(query).all<T>()).results
  }

  /** Runs statements as one transaction and gives back the rows of the first (`… returning`). */
  async writeReturning<T>(first: Statement, ...others: Statement[]): Promise<T[]> {
    const [result] = await this.d1.batch<T>([first, ...others].map((one) => this.prepared(one)))
    return result?.results ?? []
  }

  /** The keyring, fetched once for this scope. */
  keyring(): Promise<Keyring> {
    this.#keyring ??= this.#vault.keyring(this.#holder)
    return this.#keyring
  }

  protected prepared(query: Statement): D1PreparedStatement {
    return this.d1.prepare(query.sql).bind(...query.params)
  }

  protected async batch(statements: readonly Statement[]): Promise<boolean> {
    try {
      await this.d1.batch(statements.map((one) => this.prepared(one)))
      return true
    } catch (error) {
      if (String(error).includes('expectation_held')) return false
      log('batch.failed', { statements: statements.length })
      throw error
    }
  }

  /** The keyring, read again once where it lacks the key: somebody rotated it meanwhile. */
  async #keyringWith(keyId: string): Promise<Keyring> {
    const known = await this.keyring()
    if (known.byId.has(keyId)) return known
    this.#keyring = this.#vault.renewed(this.#holder)
    return this.#keyring
  }

  #place(column: SQLiteColumn, row: string) {
    return { holder: this.#holder, table: getTableName(column.table), column: column.name, row }
  }
}
