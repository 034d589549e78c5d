/** Six digits: short enough to read out; guesses are counted, ten in five minutes. */
const DIGITS = 6
const CODES = 10 ** DIGITS
/** The largest multiple of all codes that 32 bits hold: above it, some codes would come up more often. */
const FAIR = Math.floor(2 ** 32 / CODES) * CODES

/** A code by pure chance, each as likely as the other. `random` gives 32 bits. */
export function newCode(random: () => number = thirtyTwoBits): string {
  let drawn = random()
  while (drawn >= FAIR) drawn = random()
  return String(drawn % CODES).padStart(DIGITS, '0')
}

/** "482 913", as it is read out. */
export const inGroups = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

/** The six digits out of what was typed, however they were spaced; undefined for anything else. */
export function readCode(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s.-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}

const thirtyTwoBits = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? FAIR
