/**
 * One JSON line an event, `noun.past-participle`, with ids, counts and kebab words only: a value
 * that does not look like one is replaced, so that a slip cannot put a parent's name in a log.
 */
export type LogValue = string | number | boolean | null | undefined

const SAFE = /^[A-Za-z0-9_.:/-]{0,120}$/

export function log(event: string, facts: Record<string, LogValue> = {}): void {
  const safe: Record<string, LogValue> = { event }
  for (const [name, value] of Object.entries(facts)) {
    safe[name] = typeof value === 'string' && !SAFE.test(value) ? '(withheld)' : value
  }
  console.log(JSON.stringify(safe))
}

/** The class of an error and where it was thrown, without its message, which may quote data. */
export function describeError(error: unknown): Record<string, LogValue> {
  if (!(error instanceof Error)) return { error: typeof error }
  const isOurs = error.name === 'BrokenInvariant'
  const at = error.stack
    ?.split('\n')[1]
    ?.trim()
    .replace(/^at /, '')
    .replaceAll(/[^A-Za-z0-9_.:/-]/g, '-')
  return {
    error: error.name,
    at: at?.slice(0, 120),
    promise: isOurs ? dashed(error.message) : undefined,
  }
}

const dashed = (text: string) => text.replaceAll(/[^A-Za-z0-9_.:/-]/g, '-').slice(0, 120)
