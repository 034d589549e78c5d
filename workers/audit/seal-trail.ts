import type { School } from '#shards'
import { type Anchors, anchored } from './anchor.ts'
import { digestOf, type Head, type Link } from './chain.ts'
import * as store from './store.ts'

/** Entries given a place in one transaction. */
const SEALED_AT_ONCE = 500
const MAX_ROUNDS = 20

/**
 * Gives every entry that has no place yet the next one in the chain, and anchors the new head
 * outside the database. Entries are appended by commits that do not wait for each other; this puts
 * them in order. Returns how many it placed; a second sealer at the same moment simply loses.
 */
export async function sealTrail(school: School, anchors: Anchors): Promise<number> {
  let placed = 0
  let end: Head | undefined
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const from = await store.head(school)
    const entries = await store.unsealed(school, SEALED_AT_ONCE)
    if (entries.length === 0) break

    const links = await inOrder(from, entries)
    if (await school.write(store.linked(school, from, links))) {
      placed += links.length
      end = links.at(-1)
    }
  }
  if (end) await anchored(anchors, school, { position: end.position, digest: end.digest })
  return placed
}

type Unsealed = Awaited<ReturnType<typeof store.unsealed>>[number]

async function inOrder(from: Head, entries: readonly Unsealed[]): Promise<Link[]> {
  const links: Link[] = []
  let { position, digest } = from
  for (const entry of entries) {
    position++
    digest = await digestOf(digest, { ...entry, position })
    links.push({ ...entry, position, digest })
  }
  return links
}
