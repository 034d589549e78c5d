import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import type { Cell } from './cell.ts'
import { clean } from './clean.ts'

export type JsonRecord = Readonly<Record<string, unknown>>

/** A pupil's contacts' telephones stand 8 deep; beyond this somebody is trying something. */
export const MAX_JSON_DEPTH = 40
/** Rows of one list: every relationship of the largest school, with room. */
export const MAX_RECORDS = 60_000

export type JsonRead = { ok: true; value: unknown } | { ok: false; problem: FileProblem }

/**
 * JSON text as plain data. How deep it nests is counted before it is parsed, as everything that walks the
 * result would be led as deep. Its own `__proto__` keys are plain keys here and reach no object's prototype.
 */
export function readJson(text: string): JsonRead {
  const line = tooDeepAt(text)
  if (line !== undefined) return problem('nested-too-deep', { line })
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return problem('not-json')
  }
}

/** One look at each character: a pattern could be made to look at them again and again. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isInString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) isInString = false
    } else if (code === QUOTE) isInString = true
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth++
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--
    if (depth > MAX_JSON_DEPTH) return text.slice(0, at).split('\n').length
  }
  return undefined
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPEN_BRACKET, CLOSE_BRACKET] = [0x5b, 0x5d]
const [OPEN_BRACE, CLOSE_BRACE] = [0x7b, 0x7d]

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The records of a list; what is no record in it is passed over. */
export const recordsOf = (value: unknown): JsonRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** A word, number or flag as text; empty for anything else. Never `String(object)`. */
export const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? clean(value)
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

/** A cell where there is text. */
export function cellOf(value: unknown, line: number, field: string): Cell | undefined {
  const text = textOf(value)
  return text === '' ? undefined : { line, field, text }
}
