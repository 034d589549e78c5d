import { sql } from 'drizzle-orm'
import { isMadeBefore } from '#kernel'
import { type School, statement, type Statement } from '#shards'
import { keptOf } from './files/kept.ts'
import { isOfUse, isPush, ofWhich, prefixOf } from './files/objects.ts'

/** What is put in the bucket counts by a commit that follows at once: after this there is none to come. */
const STRAY_AFTER_MS = 60 * 60_000
/** Pages of a thousand objects looked through in one go; a school has some hundreds. */
const MAX_PAGES = 10

/** Every school of a shard that ever imported anything, found without reading all its imports. For the clock. */
export const schoolsWithImports: Statement = statement(sql`
  with recursive found(school_id) as (
    select min(school_id) from imports
    union all
    select (select min(school_id) from imports where school_id > found.school_id)
    from found where found.school_id is not null)
  select school_id from found where school_id is not null`)

/**
 * Destroys objects in the bucket that count for nothing: of a process that died between the bucket and the commit,
 * or came too late. Returns how many. The imports know nothing of these, so the bucket itself is looked through.
 */
export async function clearStrays(school: School, files: R2Bucket): Promise<number> {
  let destroyed = 0
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const found = await files.list({ prefix: prefixOf(school), ...(cursor && { cursor }) })
    const strays = await straysAmong(
      school,
      found.objects.map(({ key }) => key),
    )
    if (strays.length > 0) await files.delete(strays)
    destroyed += strays.length
    if (!found.truncated) break
    cursor = found.cursor
  }
  return destroyed
}

async function straysAmong(school: School, keys: readonly string[]): Promise<string[]> {
  const beforeMs = school.clock.now() - STRAY_AFTER_MS
  const old = keys.filter((key) => {
    const { id, findings } = ofWhich(school, key)
    return isMadeBefore(findings ?? id, beforeMs)
  })
  const ids = [...new Set(old.map((key) => ofWhich(school, key).id))]
  const known = new Map((await keptOf(school, ids)).map((each) => [each.id, each]))
  return old.filter((key) => {
    const imported = known.get(ofWhich(school, key).id)
    // A body that nobody has looked at yet has no import so far: forgetting it is its push's.
    return imported ? !isOfUse(school, key, imported) : !isPush(key)
  })
}
