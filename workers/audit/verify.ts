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
}

const MAX_PAGES = 10_000
const MAX_UNSEALED = 10_000

/**
 * Reads the whole chain and says whether an entry was changed, removed, inserted or moved: against
 * the digests themselves, against the head in the database, and against the head kept outside it.
 */
export async function verify(school: School, anchors: Anchors): Promise<Verdict> {
  const anchor = await lastAnchor(anchors, school)
  const claimed = await store.head(school)
  const waiting = await store.unsealed(school, MAX_UNSEALED)
  const end = await followAll(school, anchor)
  const sealed = 'kind' in end ? claimed.position : end.position
  return { fault: faultAt(end, claimed, anchor), sealed, unsealed: waiting.length }
}

async function followAll(school: School, anchor: Head | undefined): Promise<Head | Fault> {
  let head = START
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
