import { UPN_LETTERS } from './codes.ts'

export type UpnReading =
  | { ok: true; value: string }
  | { ok: false; reason: 'upn-shape' | 'upn-check-letter' }

/**
 * A unique pupil number: a check letter and 12 digits, the last of which is a letter in a temporary UPN.
 * The letter is the sum of characters 2 to 13 times their positions, modulo 23 (DfE, UPN guide).
 */
export function readUpn(raw: string): UpnReading {
  const upn = raw.replace(/ /g, '').toUpperCase()
  if (!SHAPE.test(upn)) return { ok: false, reason: 'upn-shape' }
  return upn[0] === checkLetter(upn.slice(1))
    ? { ok: true, value: upn }
    : { ok: false, reason: 'upn-check-letter' }
}

/** For the twelve characters after the letter; also how invented pupils get a UPN that holds. */
export function checkLetter(twelve: string): string {
  const sum = [...twelve].reduce((total, character, index) => {
    const digit = /\d/.test(character) ? Number(character) : UPN_LETTERS.indexOf(character)
    return total + digit * (index + 2)
  }, 0)
  return UPN_LETTERS.charAt(sum % UPN_LETTERS.length)
}

const SHAPE = new RegExp(`^[${UPN_LETTERS}]\\d{11}[\\d${UPN_LETTERS}]$`)
