/**
 * Telephone numbers as people type them, and as management information systems and spreadsheets
 * leave them. A number is either understood without a doubt or refused with a reason: a guess
 * would tell a stranger where a child is.
 */
import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/max'

export type PhoneKind = 'mobile' | 'landline' | 'other'

/** `e164` is `+` and at most 15 digits (ITU-T E.164); it identifies the line. */
export type Phone = { readonly e164: string; readonly kind: PhoneKind }

export type PhoneProblem =
  | 'empty'
  | 'not-a-number'
  | 'two-numbers'
  | 'spreadsheet-damage'
  | 'extension'
  | 'too-short'
  | 'too-long'
  | 'not-in-use'
  | 'premium-rate'
  | 'personal-number'
  | 'pager'

export type PhoneReading =
  | { readonly ok: true; readonly phone: Phone }
  | { readonly ok: false; readonly reason: PhoneProblem }

export type TextProblem = 'not-a-mobile' | 'not-uk'

/** Longer than any number with a remark beside it; longer input is not read at all. */
export const MAX_TYPED_PHONE = 200

/**
 * Reads one number. Words around it ("mum work") are passed over; a second number, an extension
 * (a machine cannot dial it, and a switchboard is not the parent) and digits that a spreadsheet
 * has rounded away are refused. Numbers without a country code are British.
 */
export function parsePhone(raw: string): PhoneReading {
  if (raw.length > MAX_TYPED_PHONE) return no('not-a-number')
  const text = plain(raw)
  if (text === '') return no('empty')
  if (SPREADSHEET_DAMAGE.test(text)) return no('spreadsheet-damage')

  const pieces = digitRuns(text)
  const long = pieces.filter((piece) => digitsOf(piece).length >= LOCAL_DIGITS)
  if (long.length > 1) return no('two-numbers')
  const number = long[0] ?? (pieces.length === 1 ? pieces[0] : undefined)
  if (number === undefined) return no('not-a-number')
  if (EXTENSION.test(text) && digitsOf(number).length >= SHORTEST_NATIONAL) return no('extension')
  if (pieces.some((piece) => piece !== number && digitsOf(piece).length > REMARK_DIGITS)) {
    return no('two-numbers')
  }
  if (digitsOf(number).length > E164_DIGITS && holdsTwo(number)) return no('two-numbers')
  return dialable(number)
}

/** Why a text cannot go to this number at the British price; undefined where it can. */
export function textProblem(phone: Phone): TextProblem | undefined {
  if (!phone.e164.startsWith('+44')) return 'not-uk'
  return phone.kind === 'mobile' ? undefined : 'not-a-mobile'
}

/** For people to read: "07700 900123", and abroad "+33 6 12 34 56 78". */
export function showPhone(e164: string): string {
  const number = parsePhoneNumberFromString(e164)
  if (number === undefined) return e164
  return number.countryCallingCode === '44' ? number.formatNational() : number.formatInternational()
}

const LOCAL_DIGITS = 7 // fewer is part of a number, or a remark
const SHORTEST_NATIONAL = 9 // without the 0; Ofcom, National Telephone Numbering Plan
const REMARK_DIGITS = 2 // "mum 2", "after 5"
const E164_DIGITS = 15
const UK_DIGITS = 10

/** 7.7E+09, 4,477,009,001, ####, #REF!: the digits that were lost cannot be had back. */
const SPREADSHEET_DAMAGE =
  /^[\d.,]{1,20}e\+?\d{1,3}$|^\d{1,3}(?:,\d{3}){2,5}$|^#+$|^#(?:REF|N\/A|VALUE|NAME|NUM)\b/i
const EXTENSION = /\d[\s,;(]{0,4}(?:ext(?:n|ension)?\.?|x|#)[\s:]{0,4}\d{1,6}\)?$/i

/** Ofcom's landlines for drama: unassigned to the metadata. Its mobiles need no exception. */
const DRAMA_LANDLINE = /^1632960\d{3}$/

const no = (reason: PhoneProblem): PhoneReading => ({ ok: false, reason })
const yes = (e164: string, kind: PhoneKind): PhoneReading => ({ ok: true, phone: { e164, kind } })
const digitsOf = (text: string): string => text.replace(/\D/g, '')

/**
 * One kind of space and of dash, ASCII digits, no invisible marks, no "(0)", and no brackets or
 * slash that only set the area code apart.
 */
function plain(raw: string): string {
  return raw
    .replace(/\p{Cf}/gu, '')
    .replace(/[\uff08\uff09\uff0b\uff10-\uff19]/g, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    )
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(\+?\d{9,15})\.0{1,2}$/, '$1') // a number that was stored as a fraction
    .replace(/(\d[ .-]?)\(0\)/g, '$1')
    .replace(/\((\d{1,5})\)(?=[ .-]?\d{3})/g, ' $1 ')
    .replace(/^(0\d{2,4}) ?\/ ?(\d[\d -]{4,9})$/, '$1 $2')
}

/** Runs of digits with the spaces, dots and dashes people put between them. */
const digitRuns = (text: string): string[] =>
  text
    .split(/[^\d .+-]+|(?=\+)/)
    .map((run) => run.replace(/^[ .-]+/, ''))
    .filter((run) => /\d/.test(run))

/** "07700 900123 01632 960123", with nothing but a space between. */
const holdsTwo = (run: string): boolean =>
  run.split(/[ .-]+(?=0)/).filter((part) => digitsOf(part).length >= SHORTEST_NATIONAL).length > 1

function dialable(run: string): PhoneReading {
  const digits = digitsOf(run)
  if (run.startsWith('+') && !digits.startsWith('0')) return anywhere(digits)
  if (digits.startsWith('00')) return anywhere(digits.slice(2))
  if (digits.startsWith('0')) return british(digits.slice(1))
  if (digits.startsWith('44') && digits.length > UK_DIGITS) return anywhere(digits)
  // A spreadsheet took the 0. Longer, it may have taken a "+" or be one digit too many: no guess.
  return digits.length > UK_DIGITS ? no('too-long') : british(digits)
}

const anywhere = (digits: string): PhoneReading =>
  digits.startsWith('44') ? british(digits.slice(2).replace(/^0/, '')) : assigned(`+${digits}`)

/**
 * Mobiles by Ofcom's numbering plan rather than by the metadata, which lags behind new blocks:
 * 071 to 075 and 077 to 079 are mobile, 070 is personal, 076 is paging but for 07624 (Isle of Man).
 */
function british(national: string): PhoneReading {
  if (DRAMA_LANDLINE.test(national)) return yes(`+44${national}`, 'landline')
  if (!national.startsWith('7')) return assigned(`+44${national}`)
  if (national.length !== UK_DIGITS)
    return no(national.length < UK_DIGITS ? 'too-short' : 'too-long')
  if (national.startsWith('70')) return no('personal-number')
  if (national.startsWith('76') && !national.startsWith('7624')) return no('pager')
  return yes(`+44${national}`, 'mobile')
}

/** Everything else by the numbering plans that libphonenumber's full metadata holds. */
function assigned(e164: string): PhoneReading {
  const length = validatePhoneNumberLength(e164)
  if (length === 'TOO_SHORT') return no('too-short')
  if (length === 'TOO_LONG') return no('too-long')
  const number = parsePhoneNumberFromString(e164)
  if (number === undefined || !number.isValid()) return no('not-in-use')
  const verdict = byType[number.getType() ?? 'UNKNOWN'] ?? 'other'
  return verdict === 'mobile' || verdict === 'landline' || verdict === 'other'
    ? yes(number.number, verdict)
    : no(verdict)
}

/** What is dialled must cost the parent and the school no more than a call (PRODUCT 10.2). */
const byType: Record<string, PhoneKind | PhoneProblem> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  PREMIUM_RATE: 'premium-rate',
  SHARED_COST: 'premium-rate',
  PERSONAL_NUMBER: 'personal-number',
  PAGER: 'pager',
}
