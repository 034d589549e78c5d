import { parseDayFields, parseIsoDate, parseUkDate } from '#kernel'
import { GENDERS, RELATIONSHIPS } from './codes.ts'

type Read<Value, Reason> = { ok: true; value: Value } | { ok: false; reason: Reason }

/** 2015-11-23, 23/11/2015, 23-Nov-2015, each with or without a time after it. Answers in ISO. */
export function readBirthDate(raw: string): Read<string, 'not-a-date' | 'date-not-plausible'> {
  const text = raw.replace(/[T ]\d{1,2}:\d{2}.*$/, '')
  const [, day, month, year] = /^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$/.exec(text) ?? []
  const read = [
    parseIsoDate(text),
    parseUkDate(text),
    parseDayFields(day ?? '', month ?? '', year ?? ''),
  ].find((each) => each.ok)
  if (!read?.ok) return { ok: false, reason: 'not-a-date' }
  const born = Number(read.date.slice(0, 4))
  if (born < EARLIEST_BIRTH || born > LATEST_BIRTH)
    return { ok: false, reason: 'date-not-plausible' }
  return { ok: true, value: read.date }
}

const EARLIEST_BIRTH = 1940 // adults learn in some schools
const LATEST_BIRTH = 2060 // 31/12/9999 is what some systems write for "none"

/** CSV flags come as words, letters, digits and ticks. */
export function readYesNo(raw: string): Read<boolean, 'not-yes-or-no'> {
  const text = raw.toLowerCase()
  if (YES.includes(text)) return { ok: true, value: true }
  if (NO.includes(text)) return { ok: true, value: false }
  return { ok: false, reason: 'not-yes-or-no' }
}

const YES = ['yes', 'y', '1', 'true', 't', 'x', '✓', '✔']
const NO = ['no', 'n', '0', 'false', 'f', '-', 'none', 'n/a', 'na']

/**
 * "No contact" in the school's system. A remark ("court order of 3 May") is a yes: nobody is messaged
 * because a program did not understand a note.
 */
export function readNoContact(raw: string): boolean {
  const read = readYesNo(raw)
  return raw !== '' && (!read.ok || read.value)
}

export function readPriority(raw: string): Read<number, 'not-a-priority'> {
  return /^0*[1-9]\d?(\.0)?$/.test(raw)
    ? { ok: true, value: Number(raw) }
    : { ok: false, reason: 'not-a-priority' }
}

/** "Year  4" (SIMS writes two spaces), "Yr 4", "Y4", "4", "04" are Year 4; other names stay as typed. */
export function readYearGroup(raw: string): string {
  const code = raw
    .toLowerCase()
    .replace(/^(year group|national curriculum year|nc year|year|yr|nc|y)\b[ .:]*(?=\S)/, '')
  const short = code.replace(/^y(?=\d|r$|n$)/, '')
  if (/^0*([1-9]|1[0-4])$/.test(short)) return `Year ${Number(short)}`
  const name = Object.hasOwn(YEAR_NAMES, short) ? YEAR_NAMES[short] : undefined
  return name ?? raw.replace(/ +/g, ' ')
}

/** NC year codes of the CBDS; E1 and E2 are the two years before Reception. */
const YEAR_NAMES: Readonly<Record<string, string>> = {
  r: 'Reception',
  rec: 'Reception',
  reception: 'Reception',
  'reception year': 'Reception',
  n: 'Nursery',
  n1: 'Nursery',
  n2: 'Nursery',
  e1: 'Nursery',
  e2: 'Nursery',
  nursery: 'Nursery',
  'nursery 1': 'Nursery',
  'nursery 2': 'Nursery',
  'n 1': 'Nursery',
  'n 2': 'Nursery',
  m: 'Mixed years',
  x: 'No year group',
}

export const readGender = (raw: string): string => GENDERS[raw.toUpperCase()] ?? capitalised(raw)

/** A CBDS code in words, or the school's own words. */
export const readRelationship = (raw: string): string =>
  RELATIONSHIPS[raw.toUpperCase()] ?? capitalised(raw)

const capitalised = (raw: string): string => raw.charAt(0).toUpperCase() + raw.slice(1)
