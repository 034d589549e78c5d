/**
 * Calendar days without a time: dates of birth, the days of a timetable. A day is its ISO 8601
 * text, so it sorts, compares and stores as it stands.
 */

/** 'YYYY-MM-DD', a day that exists. */
export type Day = string

export type DayReading =
  | { readonly ok: true; readonly date: Day }
  | { readonly ok: false; readonly reason: 'not-a-date' }

/** Nobody at a school was born before, and nothing is scheduled after. Catches 0204 and 20009. */
export const FIRST_YEAR = 1900
export const LAST_YEAR = 2199

/** 'YYYY-MM-DD', with or without the midnight that exports add. Impossible dates are refused. */
export function parseIsoDate(text: string): DayReading {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(withoutMidnight(text))
  return found === null ? notADate : checked(Number(found[1]), Number(found[2]), Number(found[3]))
}

/** '19/04/2008', day first; also with dots, dashes, single digits. Two-digit years are refused. */
export function parseUkDate(text: string): DayReading {
  const found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(withoutMidnight(text))
  return found === null ? notADate : checked(Number(found[4]), Number(found[3]), Number(found[1]))
}

/** The three fields of a GOV.UK date input; the month may be a number or an English name. */
export function parseDayFields(day: string, month: string, year: string): DayReading {
  const monthNumber = readMonth(month.trim())
  if (!/^\d{1,2}$/.test(day.trim()) || !/^\d{4}$/.test(year.trim())) return notADate
  return checked(Number(year), monthNumber, Number(day))
}

/** "19 April 2008" */
export function showDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${months[(month ?? 0) - 1]} ${year}`
}

export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const notADate: DayReading = { ok: false, reason: 'not-a-date' }

const withoutMidnight = (text: string): string =>
  text.trim().replace(/[T ]00:00(?::00(?:\.0{1,7})?)?Z?$/, '')

function checked(year: number, month: number, day: number): DayReading {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return notADate
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < 1 || day > lastDay) return notADate
  return { ok: true, date: `${year}-${twoDigits(month)}-${twoDigits(day)}` }
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** 1 to 12, or 0 where it is no month. "Sept" and "Nov" are names too. */
function readMonth(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const typed = text.toLowerCase()
  if (typed.length < 3) return 0
  return months.findIndex((name) => name.toLowerCase().startsWith(typed)) + 1
}
