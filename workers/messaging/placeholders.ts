/**
 * Placeholders in a message: ((pupil first name)) and its like. A family gets one message that
 * names all its children, so the pupils' placeholders stand for every child it is about.
 */

export type Placeholder =
  | 'pupil first name'
  | 'pupil full name'
  | 'registration group'
  | 'year group'
  | 'contact name'
  | 'school'

/** `pupils` are those the message is about for this contact, in the order they are to be named. */
export type Facts = {
  readonly contactName: string
  readonly school: string
  readonly pupils: readonly {
    readonly firstName: string
    readonly fullName: string
    readonly registrationGroup: string | null
    readonly yearGroup: string | null
  }[]
}

/** The placeholders a text uses, each once, in order of first use. */
export const find = (text: string): Placeholder[] => once(typedIn(text).filter(isPlaceholder))

/** What stands in double brackets and is none of ours, as typed: compose refuses it by name. */
export const unknown = (text: string): string[] =>
  once(
    [...text.matchAll(BRACKETED)]
      .map(([, inside = '']) => inside.trim())
      .filter((inside) => inside !== '' && !isPlaceholder(wordsOf(inside))),
  )

/**
 * The text with every placeholder filled in one pass: what a value contains is never read as a
 * placeholder. Unknown ones stay as typed; one with nothing to say becomes nothing.
 */
export const fill = (text: string, facts: Facts): string =>
  text.replace(BRACKETED, (typed, inside: string) => {
    const words = wordsOf(inside)
    return isPlaceholder(words) ? values[words](facts) : typed
  })

/** "Elsa", "Elsa and Otto", "Amara, Elsa and Otto" */
export const inWords = (names: readonly string[]): string =>
  names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`

const MAX_INSIDE = 60 // a remark in double brackets may be longer, and stays a remark
const BRACKETED = new RegExp(`\\(\\(([^()]{1,${MAX_INSIDE}})\\)\\)`, 'g')

const values: Record<Placeholder, (facts: Facts) => string> = {
  'pupil first name': ({ pupils }) => inWords(pupils.map((pupil) => onOneLine(pupil.firstName))),
  'pupil full name': ({ pupils }) => inWords(pupils.map((pupil) => onOneLine(pupil.fullName))),
  'registration group': ({ pupils }) => groups(pupils.map((pupil) => pupil.registrationGroup)),
  'year group': ({ pupils }) => groups(pupils.map((pupil) => pupil.yearGroup)),
  'contact name': ({ contactName }) => onOneLine(contactName),
  school: ({ school }) => onOneLine(school),
}

const typedIn = (text: string): string[] =>
  [...text.matchAll(BRACKETED)].map(([, inside = '']) => wordsOf(inside))

const wordsOf = (inside: string): string => onOneLine(inside).toLowerCase()

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const isPlaceholder = (words: string): words is Placeholder => Object.hasOwn(values, words)

const once = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** Twins in one class have one class to name. */
const groups = (names: readonly (string | null)[]): string =>
  inWords(once(names.map((name) => onOneLine(name ?? '')).filter((name) => name !== '')))
