import { invariant } from '#kernel'
import type { School } from '#shards'
import { open, seal, type Sealed, sealedWith } from '#vault'
import { isPush, placeAt, prefixOf } from './objects.ts'

/** Objects sealed anew in one go: each may be some megabytes. */
const RESEALED_AT_ONCE = 20

/**
 * Seals what is kept of a school's files anew under its current key, after a rotation. Returns how many
 * objects it changed; zero means that none is left under an older key.
 */
export async function resealObjects(school: School, files: R2Bucket): Promise<number> {
  let changed = 0
  let cursor: string | undefined
  do {
    const page = await files.list({ prefix: prefixOf(school), ...(cursor && { cursor }) })
    for (const { key } of page.objects) {
      if (changed === RESEALED_AT_ONCE) return changed
      if (!isPush(key) && (await resealed(school, files, key))) changed++
    }
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
  return changed
}

/** True where the object was under an older key. All pieces of one are sealed at once, so the first tells. */
async function resealed(school: School, files: R2Bucket, key: string): Promise<boolean> {
  const { current, byId } = await school.keyring()
  const mark = sealedWith(current.id)
  const start = await files.get(key, { range: { offset: 0, length: mark.length } })
  if (!start || (await start.text()) === mark) return false

  const object = await files.get(key)
  if (!object) return false
  const pieces: string[] = []
  for (const piece of (await object.text()).split('\n')) {
    const place = placeAt(school, key, pieces.length)
    invariant(place, 'an import’s object is named after its import and part')
    const opened = await open((id) => byId.get(id), place, piece as Sealed<string>)
    pieces.push(await seal(current, place, opened))
  }
  // What was destroyed or written anew meanwhile stays so.
  await files.put(key, pieces.join('\n'), { onlyIf: { etagMatches: object.etag } })
  return true
}
