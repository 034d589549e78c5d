/**
 * Names as people type them into a search box: without accents, capitals, apostrophes and hyphens.
 * NFKD takes an accent off its letter (Unicode Annex 15); the letters below have none to take off.
 */
const letters: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
}

export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[łøđðþßæœı]/g, (letter) => letters[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()

/** The words of a text, and those that hyphens and apostrophes join: o'brien is o, brien and obrien. */
export function wordsOf(text: string): string[] {
  return fold(text)
    .split(' ')
    .flatMap((word) => {
      const parts = word.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
      return parts.length > 1 ? [...parts, parts.join('')] : parts
    })
}
