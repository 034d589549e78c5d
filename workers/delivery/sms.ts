/**
 * How a text is counted, priced and cut, by the rules of PRODUCT 6.6. Pure and without imports of
 * the platform: the counter in the browser and the sender use this one file, so that what the
 * office was told is what is charged.
 */
import { gsmUnits, plainer } from './gsm.ts'

export type Encoding = 'GSM-7' | 'UCS-2'

/**
 * `units` are septets of GSM-7 or 16-bit units of UCS-2; `left` is how many fit in the last part;
 * `culprits` are the characters that force UCS-2, each once, in order, as a reader sees them.
 */
export type Count = {
  readonly encoding: Encoding
  readonly units: number
  readonly parts: number
  readonly left: number
  readonly culprits: readonly string[]
}

/**
 * Six parts, 918 characters: what GOV.UK Notify takes, the shortest limit among the providers that
 * a school may bring.
 */
export const MAX_PARTS = 6

/** Of a part: 140 octets, less 6 for the header that joins parts (3GPP TS 23.040 §9.2.3.24.1). */
const room = {
  'GSM-7': { alone: 160, joined: 153 },
  'UCS-2': { alone: 70, joined: 67 },
} as const satisfies Record<Encoding, { alone: number; joined: number }>

/** Characters that could ever fit. A form refuses longer text before anything counts it. */
export const MAX_TEXT_LENGTH = MAX_PARTS * room['GSM-7'].joined

/** More than these are not worth reading out. */
export const MAX_CULPRITS = 20

/**
 * What is sent: quotes, dashes, spaces and line ends made plain, invisible marks gone, letters as
 * they were. Doing it twice changes nothing.
 */
export const normalise = (text: string): string =>
  text
    .toWellFormed() // half of a surrogate pair cannot be sent
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\v\f]|\p{Zs}/gu, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(PLAINER, (mark) => plainer.get(mark) ?? mark)

/** Counts the text as it will be sent, that is normalised. An empty text has no parts. */
export function count(text: string): Count {
  const sent = normalise(text)
  const { encoding, parts, left } = pack(sent)
  return {
    encoding,
    units: unitsOf(sent, encoding),
    parts: parts.length,
    left,
    culprits: encoding === 'GSM-7' ? [] : culpritsOf(sent),
  }
}

/** The parts as they are sent; joined again they are the normalised text. */
export const split = (text: string): string[] => pack(normalise(text)).parts

/**
 * Control, zero-width and direction marks that a copy brings along. U+200C and U+200D, which shape
 * letters and emoji, stay.
 */
const INVISIBLE =
  /[^\P{Cc}\n]|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu
const PLAINER = new RegExp(`[${[...plainer.keys()].join('')}]`, 'g')

const graphemes = new Intl.Segmenter('en-GB', { granularity: 'grapheme' })

const encodingOf = (text: string): Encoding =>
  [...text].every((character) => gsmUnits(character) !== undefined) ? 'GSM-7' : 'UCS-2'

/** One character's units: an escape pair in GSM-7 and a surrogate pair in UCS-2 are two. */
const unitsIn = (character: string, encoding: Encoding): number =>
  encoding === 'GSM-7' ? (gsmUnits(character) ?? 0) : character.length

const unitsOf = (text: string, encoding: Encoding): number =>
  [...text].reduce((sum, character) => sum + unitsIn(character, encoding), 0)

/** Fills each part in turn; a character that does not fit whole begins the next. */
function pack(text: string): { encoding: Encoding; parts: string[]; left: number } {
  const encoding = encodingOf(text)
  const { alone, joined } = room[encoding]
  const total = unitsOf(text, encoding)
  if (total <= alone) return { encoding, parts: text === '' ? [] : [text], left: alone - total }

  const parts: string[] = []
  let part = ''
  let left: number = joined
  for (const character of text) {
    const size = unitsIn(character, encoding)
    if (size > left) {
      parts.push(part)
      part = ''
      left = joined
    }
    part += character
    left -= size
  }
  return { encoding, parts: [...parts, part], left }
}

function culpritsOf(text: string): string[] {
  const found = new Set<string>()
  for (const { segment } of graphemes.segment(text)) {
    if (encodingOf(segment) === 'UCS-2') found.add(segment)
    if (found.size === MAX_CULPRITS) break
  }
  return [...found]
}
