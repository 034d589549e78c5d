import type { School } from '#shards'
import type { Head } from './chain.ts'

/**
 * Where the heads of chains are kept outside the database, one object a head, so that whoever can
 * rewrite a database cannot rewrite its past: the bucket's lock forbids overwriting `trail/`.
 */
export type Anchors = R2Bucket

/** Names count down, so that the furthest head is the first of a list, however long the chain is. */
const LAST_POSITION = 999_999_999_999
const WIDTH = 12 // digits, so that names sort by number

export async function anchored(anchors: Anchors, school: School, head: Head): Promise<void> {
  const name = `${prefix(school)}${String(LAST_POSITION - head.position).padStart(WIDTH, '0')}`
  const onlyIf = { etagDoesNotMatch: '*' }
  await anchors.put(name, JSON.stringify(head), { onlyIf })
}

/** A head, and when the bucket took it. */
export type Anchor = Head & { atMs: number }

/** The furthest head that was anchored, if any was. */
export async function lastAnchor(anchors: Anchors, school: School): Promise<Anchor | undefined> {
  const { objects } = await anchors.list({ prefix: prefix(school), limit: 1 })
  const [newest] = objects
  const object = newest ? await anchors.get(newest.key) : null
  return object ? { ...(await object.json<Head>()), atMs: object.uploaded.getTime() } : undefined
}

const prefix = (school: School) => `trail/${school.id}/`
