import type { School } from '#shards'
import { type Anchors, lastAnchor } from './anchor.ts'
import { type Fault, follow, type Head, START } from './chain.ts'
import * as store from './store.ts'

export type Verdict = {
  /** Undefined where every sealed entry is as it was written. */
  fault: Fault | undefined
  /** Entries in the chain. */
  sealed: number
  /** Entries of the last minute that have no place yet, and so cannot be vouched for. */
  unsealed: number
  /** When the end of the chain was last kept outside the database; null where it never was. */
  anchoredAtMs: number | null
}

const MAX_PAGES = 10_000
const MAX_UNSEALED = 10_000
/** Sealed once a minute, so that a second round is rare and a third a fault. */
const MAX_ROUNDS = 4

/**
 * Reads the whole chain and says whether an entry was changed, removed, inserted or moved: against
 * the digests themselves, against the head in the database, and against the head kept outside it.
 */
export async function verify(school: School, anchors: Anchors): Promise<Verdict> {
  const anchor = await lastAnchor(anchors, school)
  const { end, claimed } = await toTheHead(school, anchor)
  const waiting = await store.unsealed(school, MAX_UNSEALED)
  const sealed = 'kind' in end ? claimed.position : end.position
  return {
    fault: faultAt(end, claimed, anchor),
    sealed,
    unsealed: waiting.length,
    anchoredAtMs: anchor?.atMs ?? null,
  }
}

/**
 * Entries are sealed while the chain is followed, and its head moves with them. So the head is read after
 * the end was reached, and what came meanwhile is followed too: links and head are of one transaction, so
 * that a head still ahead of the links, or behind them, is one that somebody moved.
 */
async function toTheHead(
  school: School,
  anchor: Head | undefined,
): Promise<{ end: Head | Fault; claimed: Head }> {
  let end = await followAll(school, START, anchor)
  let claimed = await store.head(school)
  for (let round = 1; round < MAX_ROUNDS; round++) {
    if ('kind' in end || claimed.position <= end.position) break
    end = await followAll(school, end, anchor)
    claimed = await store.head(school)
  }
  return { end, claimed }
}

async function followAll(
  school: School,
  from: Head,
  anchor: Head | undefined,
): Promise<Head | Fault> {
  let head = from
  for (let page = 0; page < MAX_PAGES; page++) {
    const links = await store.linksAfter(school, head.position)
    if (links.length === 0) break
    const reached = await follow(head, links)
    if ('kind' in reached) return reached
    const pinned = anchor && links.find((link) => link.position === anchor.position)
    if (pinned && pinned.digest !== anchor.digest) {
      return { kind: 'changed', position: anchor.position, id: pinned.id }
    }
    head = reached
  }
  return head
}

function faultAt(end: Head | Fault, claimed: Head, anchor: Head | undefined): Fault | undefined {
  if ('kind' in end) return end
  if (anchor && anchor.position > end.position) return { kind: 'end-cut', position: end.position }
  const isSame = claimed.position === end.position && claimed.digest === end.digest
  return isSame ? undefined : { kind: 'end-differs', position: end.position }
}
