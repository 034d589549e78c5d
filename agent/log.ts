import { appendFileSync, renameSync, statSync } from 'node:fs'

export type LogFact = string | number | boolean | undefined

export type Log = (event: string, facts?: Readonly<Record<string, LogFact>>) => void

/** The log starts anew at so many bytes; the one before is kept beside it. */
const MAX_LOG_BYTES = 5_000_000

/**
 * One JSON line an event, `noun.past-participle`, with ids, counts and kebab words only. Every other value is
 * replaced: whoever looks after the school's server reads about pupils by number, never by name.
 */
export function openLog(
  file: string | undefined,
  now: () => number = Date.now,
  elsewhere: Write = toStderr,
): Log {
  const write = file === undefined ? toStdout : into(file, now, elsewhere)
  return (event, facts = {}) => write(lineOf(now(), event, facts))
}

type Write = (line: string) => void

const toStdout: Write = (line) => void process.stdout.write(line)
const toStderr: Write = (line) => void process.stderr.write(line)

function lineOf(atMs: number, event: string, facts: Readonly<Record<string, LogFact>>): string {
  const safe: Record<string, LogFact> = { at: new Date(atMs).toISOString(), event }
  for (const [name, value] of Object.entries(facts)) {
    safe[name] = typeof value === 'string' && !SAFE.test(value) ? '(withheld)' : value
  }
  return `${JSON.stringify(safe)}\n`
}

/** Small letters, digits and marks without spaces; capitals only where an id or a code of Node's has them. */
const SAFE = /^(?:[a-z0-9_.:-]{0,80}|[A-Z][A-Z0-9_]{2,40}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/

/** Where the file cannot be started anew, as somebody has it open, it grows to twice as much and no further. */
function append(file: string, text: string): void {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > MAX_LOG_BYTES) {
    try {
      renameSync(file, `${file}.1`)
    } catch (error) {
      if (bytes > 2 * MAX_LOG_BYTES) throw error
    }
  }
  appendFileSync(file, text, { mode: 0o600 })
}

/**
 * A line that the file does not take goes to the terminal: a log that cannot be written stops nobody. Each line
 * tries the file anew; that it is not written is said at most once an hour, and afterwards in the file how many it lacks.
 */
function into(file: string, now: () => number, elsewhere: Write): Write {
  let missing = 0
  let toldAtMs = -Infinity
  return (line) => {
    try {
      const told = lineOf(now(), 'log.resumed', { missing })
      // Half a line may be there of one that did not fit: it gets an end.
      append(file, missing === 0 ? line : `\n${told}${line}`)
      missing = 0
    } catch (error) {
      missing++
      if (now() - toldAtMs >= HOUR_MS) {
        toldAtMs = now()
        const { code = 'unknown' } = error as NodeJS.ErrnoException
        elsewhere(lineOf(toldAtMs, 'log.not-written', { code }))
      }
      elsewhere(line)
    }
  }
}

const HOUR_MS = 3_600_000
