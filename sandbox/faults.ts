import type { DatabaseSync } from 'node:sqlite'
import { DEFAULT_RECEIPT_DELAY_MS } from './limits.ts'
import { rows } from './state.ts'
import { providers, type Provider } from './vocabulary.ts'

/** How a provider misbehaves at the moment. */
export type Faults = {
  /** Before it answers, in milliseconds: half of it before the message is taken, half after. */
  latencyMs: number
  /** Answers 503 and takes nothing. */
  failPercent: number
  /** Takes the message, then cuts the connection: the sender cannot know. */
  dropPercent: number
  /** Answers 429 to what exceeds this in a second; 0 is no limit. */
  throttlePerSecond: number
  receiptDelayMs: number
  /** Answers 503 to everything, look-ups too. */
  down: boolean
  doubleReceipts: boolean
  shuffleReceipts: boolean
  /** The carrier still knows what became of a message, and says so when asked; it does not post. */
  noReceipts: boolean
}

export const defaultFaults: Faults = {
  latencyMs: 0,
  failPercent: 0,
  dropPercent: 0,
  throttlePerSecond: 0,
  receiptDelayMs: DEFAULT_RECEIPT_DELAY_MS,
  down: false,
  doubleReceipts: false,
  shuffleReceipts: false,
  noReceipts: false,
}

export const faultRanges = {
  latencyMs: 60_000,
  failPercent: 100,
  dropPercent: 100,
  throttlePerSecond: 100_000,
  receiptDelayMs: 3_600_000,
} as const satisfies Partial<Record<keyof Faults, number>>

export type NumberFault = keyof typeof faultRanges
export type SwitchFault = Exclude<keyof Faults, NumberFault>

export const numberFaults = Object.keys(faultRanges) as NumberFault[]
export const switchFaults = (Object.keys(defaultFaults) as (keyof Faults)[]).filter(
  (name): name is SwitchFault => !(name in faultRanges),
)

export type FaultBook = {
  of(provider: Provider): Faults
  change(provider: Provider, change: Partial<Faults>): void
  restore(): void
}

/** All providers' faults: in memory for the accept path, in the state for the next start. */
export function openFaultBook(db: DatabaseSync): FaultBook {
  const kept = rows<{ provider: Provider; chosen: string }>(db.prepare('SELECT * FROM faults'))
  const book = new Map<Provider, Faults>(providers.map((each) => [each, { ...defaultFaults }]))
  for (const { provider, chosen } of kept)
    book.set(provider, { ...defaultFaults, ...(JSON.parse(chosen) as Partial<Faults>) })

  const keep = db.prepare('INSERT OR REPLACE INTO faults (provider, chosen) VALUES (?, ?)')
  const of = (provider: Provider) => book.get(provider) ?? defaultFaults
  return {
    of,
    change(provider, change) {
      const chosen = { ...of(provider), ...change }
      book.set(provider, chosen)
      keep.run(provider, JSON.stringify(chosen))
    },
    restore() {
      db.exec('DELETE FROM faults')
      for (const provider of providers) book.set(provider, { ...defaultFaults })
    },
  }
}

/** Reads a change asked for in JSON: only known names, whole numbers in range, true or false. */
export function readFaultChange(
  asked: Record<string, unknown>,
): { change: Partial<Faults> } | { field: string; problem: string } {
  const change: Partial<Faults> = {}
  for (const [field, value] of Object.entries(asked)) {
    if (numberFaults.includes(field as NumberFault)) {
      const most = faultRanges[field as NumberFault]
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most)
        return {
          field,
          problem: `must be a whole number from 0 to ${most.toLocaleString('en-GB')}`,
        }
      change[field as NumberFault] = value
    } else if (switchFaults.includes(field as SwitchFault)) {
      if (typeof value !== 'boolean') return { field, problem: 'must be true or false' }
      change[field as SwitchFault] = value
    } else return { field, problem: 'is not a fault that the sandbox knows' }
  }
  return { change }
}
