import { parseEmail, parsePhone } from '#kernel'
import type { PhoneReading } from '#kernel'
import type { RosterPhone } from '../records/roster.ts'
import { reject } from './cell.ts'
import type { Cell, Report } from './cell.ts'

export const MAX_VALUES_A_PERSON = 10

/** A number that is wrong is left out and reported; the person stays. Two in one cell are both read. */
export function readPhones(cells: Cell[], report: Report): RosterPhone[] {
  const found = new Map<string, RosterPhone>()
  for (const cell of cells) {
    for (const reading of phonesIn(cell.text)) {
      if (reading.ok) found.set(reading.phone.e164, reading.phone)
      else if (reading.reason !== 'empty') reject(report, cell, `phone-${reading.reason}`)
    }
  }
  return limited([...found.values()], cells, report)
}

/** Divided only where every part is a number by itself: half a number would be a stranger's. */
function phonesIn(text: string): PhoneReading[] {
  const whole = parsePhone(text)
  if (whole.ok || whole.reason !== 'two-numbers') return [whole]
  for (const between of BETWEEN_NUMBERS) {
    const parts = text
      .split(between)
      .filter((part) => /\d/.test(part))
      .map(parsePhone)
    if (parts.length > 1 && parts.every((part) => part.ok)) return parts
  }
  return [whole]
}

const BETWEEN_NUMBERS = [/[;,/|&]|\bor\b|\band\b/i, / +(?=0|\+)/]

/** As for numbers. Addresses keep the capitals they were typed with, but count once. */
export function readEmails(cells: Cell[], report: Report): string[] {
  const found = new Map<string, string>()
  for (const cell of cells) {
    const whole = parseEmail(cell.text)
    const parts = whole.ok
      ? [cell.text]
      : cell.text.split(/[\s,;|]+/).filter((part) => part.includes('@'))
    const readings = parts.length > 0 ? parts.map(parseEmail) : [whole]
    const bad = readings.find((reading) => !reading.ok)
    if (bad && !bad.ok && bad.reason !== 'empty') reject(report, cell, `email-${bad.reason}`)
    for (const each of readings) if (each.ok) found.set(each.email.toLowerCase(), each.email)
  }
  return limited([...found.values()], cells, report)
}

/** Ten numbers for one person is a mistake in the file, not a family. */
function limited<Value>(values: Value[], cells: Cell[], report: Report): Value[] {
  const last = cells.at(-1)
  if (last && values.length > MAX_VALUES_A_PERSON) reject(report, last, 'too-many-values')
  return values.slice(0, MAX_VALUES_A_PERSON)
}
