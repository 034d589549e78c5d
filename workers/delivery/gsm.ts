/** The alphabet of a plain text message, and what is turned into it: 3GPP TS 23.038 §6.2.1. */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '\f^{}\\[~]|€'

/** Units of seven bits: 1, or 2 for what follows an escape. Undefined where it has no place. */
export const gsmUnits = (character: string): 1 | 2 | undefined => units.get(character)

const units = new Map<string, 1 | 2>([
  ...[...BASIC].map((character) => [character, 1] as const),
  ...[...EXTENDED].map((character) => [character, 2] as const),
])

/**
 * What office programs put where a keyboard has none, and what a phone shows just as well in its
 * place. One curly quote would otherwise more than halve what fits in a part. Letters are never
 * changed: Zofia and Siân are spelt as they spell themselves.
 */
export const plainer: ReadonlyMap<string, string> = new Map([
  ...[...'‘’‚‛′ʼʹʻˈ`´‹›'].map((mark) => [mark, "'"] as const),
  ...[...'“”„‟″«»'].map((mark) => [mark, '"'] as const),
  ...[...'‐‑‒–—―−'].map((mark) => [mark, '-'] as const),
  ['…', '...'],
])
