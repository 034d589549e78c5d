import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Sealed } from '#vault'

/**
 * What a table holds, about whom, why, for how long and how it is destroyed (PRODUCT 4.3). The
 * record of processing, exports, retention and the purge read these declarations; a column that is
 * missing from its table's holding does not compile.
 */
export type Holding<T extends SQLiteTable> = {
  readonly table: T
  readonly about: 'pupil' | 'contact' | 'staff' | 'user' | 'school' | 'nobody'
  /** Why it is held, in words for the record of processing (UK GDPR Article 30). */
  readonly purpose: string
  readonly basis: LawfulBasis
  readonly columns: { readonly [Name in keyof T['_']['columns']]: ClassOf<T['_']['columns'][Name]> }
  readonly keep: Keep
  /** `rows` are deleted and unreadable with the school's key; `ledger` outlives it (PRODUCT 8.2). */
  readonly destroy: 'rows' | 'ledger'
}

/** UK GDPR Article 6(1), with the letter that applies. */
export type LawfulBasis = 'public-task' | 'contract' | 'legal-obligation' | 'legitimate-interests'

/**
 * `identifier`: an opaque id of ours. `personal`: sealed. `pseudonym`: a fingerprint.
 * `circumstance`: a plain code or flag about a person, needed by queries. `operational`: about the machine.
 */
export type Class = 'identifier' | 'personal' | 'pseudonym' | 'circumstance' | 'operational'

export type Keep = {
  readonly until: 'changed' | 'left' | 'sent' | 'made' | 'contract-end'
  readonly days: number
  /** The clause or statute that sets the time. */
  readonly because: string
}

/** A sealed column is personal data and says so; nothing else may claim to be. */
type ClassOf<C> = C extends SQLiteColumn
  ? C['_']['data'] extends Sealed<unknown>
    ? 'personal'
    : Exclude<Class, 'personal'>
  : never

/** A holding whose table is not known more closely: what the manifest lists. */
export type AnyHolding = {
  readonly table: SQLiteTable
  readonly about: Holding<SQLiteTable>['about']
  readonly purpose: string
  readonly basis: LawfulBasis
  readonly columns: Readonly<Record<string, Class>>
  readonly keep: Keep
  readonly destroy: 'rows' | 'ledger'
}
