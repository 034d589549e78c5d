/**
 * Time as schools live it. Instants are milliseconds since 1970 in UTC everywhere; this file
 * alone turns them into Europe/London and back, both clock-change nights included
 * (Summer Time Order 2002: forward at 01:00 UTC on the last Sunday of March, back in October).
 */
import { Temporal } from 'temporal-polyfill'
import { months, parseIsoDate, type Day } from './day.ts'

export {
  months,
  parseDayFields,
  parseIsoDate,
  parseUkDate,
  showDay,
  type Day,
  type DayReading,
} from './day.ts'

export const LONDON = 'Europe/London'

/** Nothing but an emergency leaves between these hours (PRODUCT 6.5): from 9pm until 7am. */
export const QUIET_FROM_HOUR = 21
export const QUIET_UNTIL_HOUR = 7

export type LocalProblem = 'not-a-date' | 'not-a-time' | 'skipped-by-clock-change'

/** `twice`: the clock shows this time twice that night, and `atMs` is the first of the two. */
export type LocalReading =
  | { readonly ok: true; readonly atMs: number; readonly twice: boolean }
  | { readonly ok: false; readonly reason: LocalProblem }

/** "Monday 23 November 2026 at 8:15am", as GOV.UK writes it. */
export const showDateTime = (ms: number): string => `${showDate(ms)} at ${showTime(ms)}`

/** "Monday 23 November 2026" */
export function showDate(ms: number): string {
  const at = inLondon(ms)
  return `${weekdays[at.dayOfWeek - 1]} ${at.day} ${months[at.month - 1]} ${at.year}`
}

/**
 * "8am", "8:15am", "midday", "midnight" (the first minute of its day). In the hour that comes
 * twice in October the zone is said: "1:30am BST", then "1:30am GMT".
 */
export function showTime(ms: number): string {
  const at = inLondon(ms)
  if (at.minute === 0 && at.hour === 12) return 'midday'
  if (at.minute === 0 && at.hour === 0) return 'midnight'
  const minutes = at.minute === 0 ? '' : `:${String(at.minute).padStart(2, '0')}`
  const time = `${at.hour % 12 || 12}${minutes}${at.hour < 12 ? 'am' : 'pm'}`
  return comesTwice(at) ? `${time} ${at.offsetNanoseconds === 0 ? 'GMT' : 'BST'}` : time
}

/** "23 Nov 2026, 8:15am": for tables. */
export function showShort(ms: number): string {
  const at = inLondon(ms)
  return `${at.day} ${months[at.month - 1]?.slice(0, 3)} ${at.year}, ${showTime(ms)}`
}

/** A date 'YYYY-MM-DD' and a time of day as a browser's field sends it, or as people write it. */
export function parseLocal(typed: { date: string; time: string }): LocalReading {
  const day = parseIsoDate(typed.date)
  return day.ok ? atTime(day.date, typed.time) : no('not-a-date')
}

/** The day that it is in London at that instant. */
export const londonDay = (ms: number): Day => inLondon(ms).toPlainDate().toString()

/** The instant at which a day begins in London; that of the next day ends it. */
export const startOfDay = (day: Day): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(LONDON).epochMilliseconds

export function isQuietHours(ms: number): boolean {
  const { hour } = inLondon(ms)
  return hour >= QUIET_FROM_HOUR || hour < QUIET_UNTIL_HOUR
}

const HOUR_MS = 3_600_000
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const no = (reason: LocalProblem): LocalReading => ({ ok: false, reason })

const inLondon = (ms: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(LONDON)

/** Only ever between 1am and 2am at the end of October, so other times are not looked up again. */
function comesTwice(at: Temporal.ZonedDateTime): boolean {
  if (at.month !== 10 || at.day < 25 || at.hour !== 1) return false
  const neighbour = at.epochMilliseconds + (at.offsetNanoseconds === 0 ? -HOUR_MS : HOUR_MS)
  return inLondon(neighbour).hour === at.hour
}

function atTime(day: Day, typedTime: string): LocalReading {
  const time = readTime(typedTime)
  if (time === undefined) return no('not-a-time')
  const wanted = Temporal.PlainDate.from(day).toPlainDateTime(time)
  const first = wanted.toZonedDateTime(LONDON, { disambiguation: 'earlier' })
  if (!first.toPlainDateTime().equals(wanted)) return no('skipped-by-clock-change')
  const last = wanted.toZonedDateTime(LONDON, { disambiguation: 'later' })
  const atMs = first.epochMilliseconds
  return { ok: true, atMs, twice: last.epochMilliseconds !== atMs }
}

/** "08:15", "8.15am", "8am", "1530", "midday"; undefined for "8", which could be two times. */
function readTime(typed: string): Temporal.PlainTime | undefined {
  const text = typed.trim().toLowerCase()
  if (text === 'midday') return new Temporal.PlainTime(12)
  if (text === 'midnight') return new Temporal.PlainTime(0)
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?(?::00)? ?(am|pm)?$/.exec(text)
  if (found === null) return undefined
  const [, hourText = '', minuteText, half] = found
  if (minuteText === undefined && half === undefined) return undefined
  if (half !== undefined && (Number(hourText) < 1 || Number(hourText) > 12)) return undefined
  const hour =
    half === undefined ? Number(hourText) : (Number(hourText) % 12) + (half === 'pm' ? 12 : 0)
  const minute = Number(minuteText ?? 0)
  return hour > 23 || minute > 59 ? undefined : new Temporal.PlainTime(hour, minute)
}
