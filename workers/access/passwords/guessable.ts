import wellKnown from './well-known.json' with { type: 'json' }

/** Fewer letters than this beside what is known are decoration, not a secret. */
const SECRET_LETTERS = 4
/** Neighbours in a row, from this many on, are one step of the hand. */
const RUN_CHARACTERS = 3

/**
 * Whether somebody who guesses would come to this password early: a well-known one, whatever digits and
 * signs stand round it or in place of its letters; one said twice; a walk along the keys (NCSC, Password
 * policy: updating your approach; NIST SP 800-63B §3.1.1.2). `shortest`: what is said again and again must
 * have so many characters to count.
 */
export const isGuessable = (password: string, shortest: number): boolean =>
  isWalk(plainly(password)) ||
  formsOf(password).some(
    (form) => isKnown(form) || isSaidAgain(form, shortest) || isSaidAgain(coreOf(form), shortest),
  )

/**
 * Whether a password is made of words that are known of its person: names, an address, an organisation.
 * `phrases` as they are written; they are taken apart here.
 */
export function isMadeOf(password: string, phrases: readonly string[]): boolean {
  const words = [...new Set(phrases.flatMap(wordsOf))].sort((a, b) => b.length - a.length)
  return formsOf(password).some((form) => {
    const text = form.replace(NEITHER_LETTER_NOR_DIGIT, '')
    const rest = words.reduce((left, word) => left.replaceAll(word, ' '), text)
    const letters = rest.replace(NO_LETTER, '')
    return rest !== text && (letters.length < SECRET_LETTERS || known.has(letters))
  })
}

const known: ReadonlySet<string> = new Set(wellKnown.split(' '))

const NO_LETTER = /\P{L}+/gu
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/gu

/** Lower case and without accents; and with letters in place of the digits and signs that stand for them. */
function formsOf(password: string): string[] {
  const plain = plainly(password)
  const core = coreOf(plain)
  return [plain, ...['i', 'l'].flatMap((one) => [spelled(core, one), spelled(plain, one)])]
}

const plainly = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const coreOf = (text: string): string => text.replace(/^\P{L}+|\P{L}+$/gu, '')

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}

/** "1" and "!" are an i to some and an l to others. */
const spelled = (text: string, one: string): string =>
  text.replace(/[013457@$!]/g, (sign) => lookAlikes[sign] ?? one)

const isKnown = (text: string): boolean =>
  known.has(text) || known.has(coreOf(text)) || known.has(coreOf(withoutRuns(text)))

/** "ha ha ha ha ": what is said again adds nothing to what is said. */
function isSaidAgain(text: string, shortest: number): boolean {
  for (let length = 1; length <= text.length / 2 && length < shortest; length++) {
    if (text.slice(length) === text.slice(0, -length)) return true
  }
  return false
}

const isWalk = (text: string): boolean =>
  withoutRuns(text).replace(SIGNS, '').length < SECRET_LETTERS

/** What a keyboard has beside letters and digits, and blanks. */
const SIGNS = /[\s!-/:-@[-`{-~]+/g

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const ways = [...rows, ...rows.map((row) => [...row].reverse().join(''))]

function withoutRuns(text: string): string {
  let left = ''
  for (let at = 0; at < text.length;) {
    const length = runAt(text, at)
    if (length < RUN_CHARACTERS) left += text[at]
    at += length < RUN_CHARACTERS ? 1 : length
  }
  return left
}

/** How many characters from here on are neighbours on the keys or in the alphabet, or the same. */
function runAt(text: string, at: number): number {
  let longest = 1
  while (text[at + longest] === text[at]) longest++
  for (const way of ways) {
    const rest = way.slice(Math.max(0, way.indexOf(text[at] ?? '')))
    let length = 0
    while (length < rest.length && rest[length] === text[at + length]) length++
    longest = Math.max(longest, length)
  }
  return longest
}

const APOSTROPHES = /['’ʼ]/gu
const SHORTEST_WORD = 3

/** "St Botolph’s Primary" as it may stand in a password: each word, and all of them in one. */
function wordsOf(phrase: string): string[] {
  const words = plainly(phrase).replace(APOSTROPHES, '').split(NEITHER_LETTER_NOR_DIGIT)
  return [...words, words.join('')].filter((word) => word.length >= SHORTEST_WORD)
}
