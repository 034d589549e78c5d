/**
 * A value as people mean it: no padding (Bromcom pads with spaces), no line breaks or tabs inside, no
 * invisible characters that could reverse or hide part of a name, accents composed (Unicode NFC).
 */
export const clean = (value: string): string =>
  PLAIN.test(value) && !value.includes('  ')
    ? value.trim()
    : value.normalize('NFC').replace(/\s+/g, ' ').replace(INVISIBLE, '').trim()

const PLAIN = /^[\x20-\x7e]*$/

/** Controls and format characters; the two joiners stay, because some scripts are spelt with them. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu

/** The most of a rejected value that is shown back. */
const MAX_SHOWN_CHARACTERS = 60

export const shortened = (value: string): string =>
  value.length > MAX_SHOWN_CHARACTERS ? `${value.slice(0, MAX_SHOWN_CHARACTERS)}…` : value
