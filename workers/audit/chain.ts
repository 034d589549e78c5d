/** A sealed entry, as the chain sees it. */
export type Link = {
  id: string
  schoolId: string
  atMs: number
  actorKind: string
  actorId: string
  action: string
  subject: string
  fromWhere: string | null
  facts: unknown
  position: number
  digest: string
}

/** The end of a chain: how many entries it has, and the digest of the last. */
export type Head = { position: number; digest: string }

export const START: Head = { position: 0, digest: 'start' }

const encoder = new TextEncoder()

/** The digest of an entry at its place: SHA-256 over the one before it and every field of this one. */
export async function digestOf(previous: string, link: Omit<Link, 'digest'>): Promise<string> {
  const { id, schoolId, atMs, actorKind, actorId, action, subject, fromWhere, facts, position } =
    link
  const who = [actorKind, actorId, fromWhere]
  const said = [previous, position, id, schoolId, atMs, who, action, subject, sorted(facts)]
  const hash = await crypto.subtle.digest('SHA-256', encoder.encode(JSON.stringify(said)))
  return Buffer.from(hash).toString('hex')
}

/** What is wrong with a chain, and at which place it shows first. */
export type Fault =
  | { kind: 'missing'; position: number }
  | { kind: 'changed'; position: number; id: string }
  | { kind: 'end-differs'; position: number }
  | { kind: 'end-cut'; position: number }

/** Follows links from `from`, in order of position; returns the head reached, or the first fault. */
export async function follow(from: Head, links: readonly Link[]): Promise<Head | Fault> {
  let head = from
  for (const link of links) {
    const position = head.position + 1
    if (link.position !== position) return { kind: 'missing', position }
    const digest = await digestOf(head.digest, link)
    if (digest !== link.digest) return { kind: 'changed', position, id: link.id }
    head = { position, digest }
  }
  return head
}

/** Facts are JSON from a column: keys in one order, so that a digest is the same on every reading. */
const sorted = (facts: unknown) =>
  Object.entries((facts ?? {}) as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1))
