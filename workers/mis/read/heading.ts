import { clean } from './clean.ts'

/** A column's heading in comparable words, and which contact, if any, it speaks of. */
export type Heading = { words: string; group: number | undefined }

/**
 * `Legal_x0020_Surname`, `Contact1ParentalResponsibility`, `Parent 2 - Mobile`, `Mother's e-mail`: all are
 * split into lower-case words; a contact's number and a leading "pupil" are taken off.
 */
export function heading(raw: string): Heading {
  const words = headingWords(raw)
  const contact = CONTACT_PREFIX.exec(words)
  if (contact === null) return { words: words.replace(PUPIL_PREFIX, ''), group: undefined }

  const [whole, priority, who = '', long, short] = contact
  const number = long ?? short
  const rest = words.slice(whole.length).trim()
  const last = number === undefined ? / ([1-9])$/.exec(rest)?.[1] : undefined
  return {
    words: (last ? rest.slice(0, -2) : rest) || 'name',
    group: Number(priority ?? number ?? last ?? GROUP_OF[who] ?? 1),
  }
}

/** `_x0020_` is how SIMS report exports write a space in a column's name. */
export const headingWords = (raw: string): string =>
  clean(raw)
    .replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/['’]s\b/gi, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]{2})([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Whether it says by itself that it is about the pupil. */
export const isOfPupil = (raw: string): boolean => PUPIL_PREFIX.test(headingWords(raw))

const PUPIL_PREFIX = /^(pupils?|students?|child|childs|learners?) (?=\S)/

const CONTACT_PREFIX =
  /^(?:priority ([1-9]) )?(?:emergency )?(?:(contact|parent carer|parent guardian|parent|guardian|carer|mother|father|mum|dad)(?: ([1-9]))?|(?:con|pc|p|c) ([1-9]))(?= |$)/

const GROUP_OF: Readonly<Record<string, number>> = { mother: 1, mum: 1, father: 2, dad: 2 }
