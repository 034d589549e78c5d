import { fold, wordsOf } from './fold.ts'
import type { PupilLine } from './pupil.ts'

/** Words looked at in one search; more would be a text pasted by mistake. */
const MAX_WORDS = 8
const MAX_TYPED = 200

/**
 * Those of the pupils where every word typed begins a word of the name, the preferred name, the
 * registration group, or is the beginning of the admission number. Everyone where nothing is typed.
 */
export function matching(pupils: readonly PupilLine[], typed: string): PupilLine[] {
  const wanted = typedWords(typed)
  if (wanted.length === 0) return [...pupils]
  return pupils.filter((pupil) => begins(searchable(pupil), wanted))
}

/** Whether every word typed begins a word of this name; never where nothing is typed. */
export function isNamed(name: string, typed: string): boolean {
  const wanted = typedWords(typed)
  return wanted.length > 0 && begins(wordsOf(name), wanted)
}

const begins = (words: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((want) => words.some((word) => word.startsWith(want)))

// "O'Brien" is looked for as obrien, "Smith-Jones" as smithjones: pupils have both ways.
const typedWords = (typed: string): string[] =>
  fold(typed.slice(0, MAX_TYPED))
    .split(' ')
    .map((word) => word.replace(/[^\p{L}\p{N}]+/gu, ''))
    .filter(Boolean)
    .slice(0, MAX_WORDS)

const searchable = ({ record, registrationGroup }: PupilLine): string[] =>
  [
    record.forename,
    record.preferredForename,
    record.middleNames,
    record.surname,
    registrationGroup,
    record.admissionNumber,
  ].flatMap((text) => (text ? wordsOf(text) : []))
