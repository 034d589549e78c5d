import type { AllowList } from '../workers/mis/push/answers.ts'
import type { Network } from './ask.ts'
import { collect } from './collect.ts'
import type { Feed } from './config.ts'
import { keep, type Kept } from './keep.ts'
import { type Part, partsOf } from './parts.ts'
import { readFeed } from './read-feed.ts'

export type Prepared = {
  readonly kept: Kept
  /** What of it goes together in a push; one, unless there is too much of it. */
  readonly parts: readonly Part[]
  /** When the export was made: the time of its file. */
  readonly takenAtMs: number
}

export type PreparedRead =
  | ({ readonly ok: true } & Prepared)
  /** `problem` is a kebab word, `detail` a place or a number: nothing of anybody. */
  | { readonly ok: false; readonly problem: string; readonly detail?: string }

/** What a push of this feed would send now. `preview` shows it and `push` seals it: there is one way to it. */
export async function prepare(
  feed: Feed,
  allowList: AllowList,
  network: Network,
): Promise<PreparedRead> {
  if (!allowList.kinds.includes(feed.data)) return { ok: false, problem: 'not-subscribed' }
  const taken = await collect(feed, network, Date.now())
  if (!taken.ok)
    return { ok: false, problem: taken.reason, ...(taken.detail && { detail: taken.detail }) }
  const read = readFeed(feed, taken.export)
  if (!read.ok) {
    const { reason, file, line, detail } = read.problem
    const place = [file, line === undefined ? '' : `line ${line}`, detail]
      .filter(Boolean)
      .join(', ')
    return { ok: false, problem: reason, ...(place && { detail: place }) }
  }
  const kept = keep(read.batch, allowList)
  const divided = partsOf(feed.data, kept.batch.records)
  if (!divided.ok) return divided
  return { ok: true, kept, parts: divided.parts, takenAtMs: taken.takenAtMs }
}
