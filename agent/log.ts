import { appendFileSync, renameSync, statSync } from 'node:fs'

export type LogFact = string | number | boolean | undefined

export type Log = (event: string, facts?: Readonly<Record<string, LogFact>>) => void

/** The log starts anew at so many bytes; the one before is kept beside it. */
const MAX_LOG_BYTES = 5_000_000

/**
 * One JSON line an event, `noun.past-participle`, with ids, counts and kebab words only. Every other value is
 * replaced: whoever looks after the school's server reads about pupils by number, never by name.
 */
export function openLog(file: string | undefined, now: () => number = Date.now): Log {
  const write = file === undefined ? (line: string) => void process.stdout.write(line) : into(file)
  return (event, facts = {}) => {
    const safe: Record<string, LogFact> = { at: new Date(now()).toISOString(), event }
    for (const [name, value] of Object.entries(facts)) {
      safe[name] = typeof value === 'string' && !SAFE.test(value) ? '(withheld)' : value
    }
    write(`${JSON.stringify(safe)}\n`)
  }
}

/** Small letters, digits and marks without spaces; capitals only where an id or a code of Node's has them. */
const SAFE = /^(?:[a-z0-9_.:-]{0,80}|[A-Z][A-Z0-9_]{2,40}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/

function into(file: string): (line: string) => void {
  return (line) => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) {
      renameSync(file, `${file}.1`)
    }
    appendFileSync(file, line, { mode: 0o600 })
  }
}
