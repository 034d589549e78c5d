import { customType, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Fingerprint, Sealed } from '#vault'

/** A column of sealed values of type T, kept as base64url text. Only the vault can make one. */
export const sealed = <T>(name: string) =>
  customType<{ data: Sealed<T>; driverData: string }>({ dataType: () => 'text' })(name)

/** A column of keyed digests, for looking a value up without reading it. */
export const fingerprinted = (name: string) =>
  customType<{ data: Fingerprint; driverData: string }>({ dataType: () => 'text' })(name)

/** What a column's sealed values hold once opened. */
export type Contents<C extends SQLiteColumn> = C['_']['data'] extends Sealed<infer T> ? T : never
