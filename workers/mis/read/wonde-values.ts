import { isRecord, recordsOf, textOf } from './json.ts'
import type { JsonRecord } from './json.ts'

/** What Wonde includes stands in `{ data: … }`, or plain. */
export const unwrapped = (value: unknown): unknown =>
  isRecord(value) && 'data' in value ? value['data'] : value

export const one = (value: unknown): JsonRecord | undefined => {
  const inside = unwrapped(value)
  return isRecord(inside) ? inside : undefined
}

export const many = (value: unknown): JsonRecord[] => recordsOf(unwrapped(value))

/**
 * A date is plain text in Wonde's specification and `{ date, timezone_type, timezone }` in its answers.
 * The time of day in it is always midnight and no part of the date.
 */
export const dateOf = (value: unknown): string =>
  textOf(isRecord(value) ? value['date'] : value).replace(/[T ]\d{2}:\d{2}.*$/, '')

/** A name that stands as text, or as the `name` (or `code`) of a record. */
export function nameOf(value: unknown): string {
  const record = one(value)
  return record ? textOf(record['name']) || textOf(record['code']) : textOf(unwrapped(value))
}

/** Numbers or addresses as `{ primary, home, mobile, … }` or as a list of texts or records. */
export function valuesOf(value: unknown, order: readonly string[]): string[] {
  const inside = unwrapped(value)
  const found = Array.isArray(inside)
    ? inside.map((each) => (isRecord(each) ? firstOf(each, order) : textOf(each)))
    : isRecord(inside)
      ? order.map((name) => textOf(inside[name]))
      : [textOf(inside)]
  return [...new Set(found.filter((text) => text !== ''))]
}

const firstOf = (record: JsonRecord, order: readonly string[]): string =>
  ['value', ...order].map((name) => textOf(record[name])).find((text) => text !== '') ?? ''

export const PHONES = [
  'primary',
  'mobile',
  'phone',
  'home',
  'work',
  'number',
  'phone_number',
] as const
export const EMAILS = ['primary', 'email', 'home', 'work', 'email_address'] as const
