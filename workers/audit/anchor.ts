import type { School } from '#shards'
import type { Head } from './chain.ts'

/**
 * Where the heads of chains are kept outside the database, one object a head, so that whoever can
 * rewrite a database cannot rewrite its past: the bucket's lock forbids overwriting `trail/`.
 */
export type Anchors = R2Bucket

const WIDTH = 12 // digits, so that names sort by position

export async function anchored(anchors: Anchors, school: School, head: Head): Promise<void> {
  const name = `${prefix(school)}${String(head.position).padStart(WIDTH, '0')}`
  const onlyIf = { etagDoesNotMatch: '*' }
  await anchors.put(name, JSON.stringify(head), { onlyIf })
}

/** The furthest head that was anchored, if any was. */
export async function lastAnchor(anchors: Anchors, school: School): Promise<Head | undefined> {
  let newest: string | undefined
  let cursor: string | undefined
  do {
    const page = await anchors.list({ prefix: prefix(school), ...(cursor && { cursor }) })
    newest = page.objects.at(-1)?.key ?? newest
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
  const object = newest === undefined ? null : await anchors.get(newest)
  return object ? object.json<Head>() : undefined
}

const prefix = (school: School) => `trail/${school.id}/`
