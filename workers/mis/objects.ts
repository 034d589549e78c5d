import { gunzipSync, gzipSync } from 'node:zlib'
import { fromBase64url, type ImportId, toBase64url } from '#kernel'
import type { School } from '#shards'
import { open, type Place, seal, type Sealed } from '#vault'
import type { Kept } from './import.ts'

/** The file as uploaded, the people read from it, and what was reported about them. */
export type Part = 'file' | 'roster' | 'report'

/** Sealed at a time: the most that is held in three forms at once (a Worker has 128 MB). */
const PIECE_BYTES = 1_000_000
/** Our own values only are opened, and none is larger. */
const MAX_OPENED_BYTES = 100_000_000
// Lists of people shrink tenfold at the lowest level already, at a third of the time.
const GZIP_LEVEL = 3

/**
 * Puts bytes into the bucket, compressed and sealed under the school's key, piece by piece, each in
 * its own place: it opens in no other import, and neither moved nor cut short (gzip ends in a checksum
 * and a length, RFC 1952 §2.3.1).
 */
export async function sealObject(
  school: School,
  files: R2Bucket,
  id: ImportId,
  part: Part,
  bytes: Uint8Array,
): Promise<void> {
  const { current } = await school.keyring()
  const packed = gzipSync(bytes, { level: GZIP_LEVEL })
  const pieces: string[] = []
  for (let start = 0; start < packed.length; start += PIECE_BYTES) {
    const piece = packed.subarray(start, start + PIECE_BYTES)
    pieces.push(await seal(current, place(school, id, part, pieces.length), toBase64url(piece)))
  }
  await files.put(at(school, id, part), pieces.join('\n'))
}

/** Bytes as they were sealed; undefined where they were destroyed. Throws where they do not open. */
export async function openObject(
  school: School,
  files: R2Bucket,
  id: ImportId,
  part: Part,
): Promise<Uint8Array | undefined> {
  const object = await files.get(at(school, id, part))
  if (!object) return undefined
  const { byId } = await school.keyring()
  const pieces: Uint8Array[] = []
  for (const piece of (await object.text()).split('\n')) {
    const where = place(school, id, part, pieces.length)
    pieces.push(fromBase64url(await open((key) => byId.get(key), where, piece as Sealed<string>)))
  }
  return gunzipSync(Buffer.concat(pieces), { maxOutputLength: MAX_OPENED_BYTES })
}

export const sealJson = (
  school: School,
  files: R2Bucket,
  id: ImportId,
  part: Part,
  value: unknown,
): Promise<void> =>
  sealObject(school, files, id, part, new TextEncoder().encode(JSON.stringify(value)))

export async function openJson<T>(
  school: School,
  files: R2Bucket,
  id: ImportId,
  part: Part,
): Promise<T | undefined> {
  const bytes = await openObject(school, files, id, part)
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T)
}

/** Destroys all that is not to be kept. Deleting what is not there is no error. */
export const destroyObjects = (
  school: School,
  files: R2Bucket,
  id: ImportId,
  kept: Exclude<Kept, 'everything'>,
): Promise<void> => {
  const parts: Part[] = kept === 'report' ? ['file', 'roster'] : ['file', 'roster', 'report']
  return files.delete([pushAt(school, id), ...parts.map((part) => at(school, id, part))])
}

/** Where an agent's body lies as it came, sealed by the agent and not under the school's key. */
export const pushAt = (school: School, id: ImportId): string => `${prefixOf(school)}${id}/${PUSH}`

export const isPush = (key: string): boolean => key.endsWith(`/${PUSH}`)

const PUSH = 'push'

/** Under which all objects of a school are. */
export const prefixOf = (school: School): string => `imports/${school.id}/`

/** The place that a piece of an object was sealed for, by the object's name; undefined for another's. */
export function placeAt(school: School, key: string, piece: number): Place | undefined {
  const [id, part] = key.slice(prefixOf(school).length).split('/')
  return id && part ? place(school, id as ImportId, part as Part, piece) : undefined
}

const at = (school: School, id: ImportId, part: Part) => `${prefixOf(school)}${id}/${part}`

const place = (school: School, id: ImportId, part: Part, piece: number): Place => ({
  holder: school.id,
  table: 'object',
  column: part,
  row: `${id}/${piece}`,
})
