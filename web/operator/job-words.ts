/** One thing a job speaks of. */
export type JobLine = { word: string; id: string }

const SHOWN = 3
const ID = /^[a-z]{3}_[0-9a-z]{26}$/

/**
 * What a dead job speaks of, in ids. Bodies hold nothing else; should one ever, what does not look
 * like an id of ours is not shown.
 */
export function describeJob(body: unknown): JobLine[] {
  const ids = [...new Set(idsIn(body))]
  const lines = ids.slice(0, SHOWN).map((id) => ({ word: wordOf(id), id }))
  const more = ids.length - lines.length
  return more > 0 ? [...lines, { word: 'and more:', id: String(more) }] : lines
}

const words: Record<string, string> = {
  org: 'school',
  msg: 'message',
  par: 'parcel',
  imp: 'import',
}

const wordOf = (id: string): string => words[id.slice(0, 3)] ?? 'other'

function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return ID.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(idsIn)
}
