/** The school's own; nobody else of a bench has it. */
export const SCHOOL_NUMBER = '+442079460999'

const run = (prefix: string, from: number, to: number): string[] =>
  Array.from(
    { length: to - from + 1 },
    (_, place) => `${prefix}${String(from + place).padStart(3, '0')}`,
  )

/**
 * Every number that Ofcom keeps for drama and with which the sandbox carrier has no trouble on purpose
 * (those are 07700 900901 to 900909). The landlines stand for further phones that take texts.
 */
export const numbers: readonly string[] = [
  ...run('+447700900', 0, 900),
  ...run('+447700900', 910, 999),
  ...run('+441632960', 0, 999),
  ...run('+442079460', 0, 998),
]
