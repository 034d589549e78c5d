import { fromBase64url, type Id, type ImportId, toBase64url } from '#kernel'
import type { School } from '#shards'
import { open, type Place, seal, type Sealed } from '#vault'
import type { Import } from '../import.ts'
import { gunzipped, gzipped } from './gzip.ts'
import { fromLines, linesIn, toLines } from './long-json.ts'
import { bytesOf } from '../push/bytes.ts'

/** The file as uploaded, until its columns are known; the people read from it, and what was reported about them. */
export type Part = 'file' | 'roster' | 'report'

/**
 * What one comparison of an import read and reported. It is kept under a name of its own, and the commit says whose
 * findings count: one that loses never replaces what another has written.
 */
export type FindingsId = Id<'findings'>

/** Whose an object is: a file is its import's, everything else is of one comparison. */
export type Whose = { id: ImportId; findings?: FindingsId | null }

/** Sealed at a time: the most that is held in three forms at once (a Worker has 128 MB). */
const PIECE_BYTES = 1_000_000
/** Our own values only are opened, and none is larger. */
const MAX_OPENED_BYTES = 100_000_000

/**
 * Puts bytes into the bucket, compressed and sealed under the school's key, piece by piece, each in
 * its own place: it opens in no other import, and neither moved nor cut short (gzip ends in a checksum
 * and a length, RFC 1952 §2.3.1).
 */
export const sealObject = (
  school: School,
  files: R2Bucket,
  whose: Whose,
  part: Part,
  bytes: Uint8Array,
): Promise<void> => sealPieces(school, files, [whose, part], [bytes])

/** Bytes as they were sealed; undefined where they were destroyed. Throws where they do not open. */
export async function openObject(
  school: School,
  files: R2Bucket,
  whose: Whose,
  part: Part,
): Promise<Uint8Array | undefined> {
  const object = await files.get(at(school, whose, part))
  if (!object) return undefined
  const pieces: Uint8Array[] = []
  for await (const piece of opened(school, object, [whose, part])) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** As `sealObject`, without ever holding the whole as text. */
export const sealJson = (
  school: School,
  files: R2Bucket,
  whose: Whose,
  part: Part,
  value: unknown,
): Promise<void> => sealPieces(school, files, [whose, part], encoded(toLines(value)))

export async function openJson<T>(
  school: School,
  files: R2Bucket,
  whose: Whose,
  part: Part,
): Promise<T | undefined> {
  const object = await files.get(at(school, whose, part))
  return object ? fromLines<T>(linesIn(opened(school, object, [whose, part]))) : undefined
}

/** Destroys all of an import but the report that counts, where that is still to be kept. */
export async function destroyObjects(
  school: School,
  files: R2Bucket,
  { id, findings, kept }: { id: ImportId; findings: FindingsId | null; kept: 'report' | 'nothing' },
): Promise<void> {
  const report = kept === 'report' ? at(school, { id, findings }, 'report') : undefined
  const { objects } = await files.list({ prefix: `${prefixOf(school)}${id}/` })
  const keys = objects.map(({ key }) => key).filter((key) => key !== report)
  if (keys.length > 0) await files.delete(keys)
}

/** Destroys a file as it came: what is needed of it has been read. */
export const destroyFile = (school: School, files: R2Bucket, id: ImportId): Promise<void> =>
  files.delete(at(school, { id }, 'file'))

/** Destroys what one comparison put there: it came too late, or another one counts now. */
export const destroyFindings = (
  school: School,
  files: R2Bucket,
  { id, findings }: { id: ImportId; findings: FindingsId },
): Promise<void> =>
  files.delete([at(school, { id, findings }, 'roster'), at(school, { id, findings }, 'report')])

/** Whether an object is one that its import still has a use for. */
export function isOfUse(
  school: School,
  key: string,
  { id, findings, kept, state }: Pick<Import, 'id' | 'findings' | 'kept' | 'state'>,
): boolean {
  if (kept === 'nothing') return false
  const isReport = key === at(school, { id, findings }, 'report')
  if (kept === 'report') return isReport
  // A file as it came is for saying what its columns are, and for nothing else.
  if (key === at(school, { id }, 'file')) return state === 'uploaded'
  const others = [pushAt(school, id), at(school, { id, findings }, 'roster')]
  return isReport || others.includes(key)
}

/** Of which import an object is, and of which findings, by its name. */
export function ofWhich(
  school: School,
  key: string,
): { id: ImportId; findings: FindingsId | undefined } {
  const [id, ...rest] = key.slice(prefixOf(school).length).split('/')
  return { id: id as ImportId, findings: rest.length > 1 ? (rest[0] as FindingsId) : undefined }
}

/** Where an agent's body lies as it came, sealed by the agent and not under the school's key. */
export const pushAt = (school: School, id: ImportId): string => `${prefixOf(school)}${id}/${PUSH}`

export const isPush = (key: string): boolean => key.endsWith(`/${PUSH}`)

const PUSH = 'push'

/** Under which all objects of a school are. */
export const prefixOf = (school: School): string => `imports/${school.id}/`

/** The place that a piece of an object was sealed for, by the object's name; undefined for another's. */
export function placeAt(school: School, key: string, piece: number): Place | undefined {
  const { id, findings } = ofWhich(school, key)
  const part = key.split('/').at(-1)
  return id && part
    ? place(school, { id, ...(findings && { findings }) }, part as Part, piece)
    : undefined
}

type Address = readonly [whose: Whose, part: Part]

async function sealPieces(
  school: School,
  files: R2Bucket,
  [whose, part]: Address,
  plain: Iterable<Uint8Array>,
): Promise<void> {
  const { current } = await school.keyring()
  const packed = bytesOf(gzipped(plain))
  const pieces: string[] = []
  for (;;) {
    const piece = await packed.take(PIECE_BYTES)
    if (piece.length === 0) break
    pieces.push(await seal(current, place(school, whose, part, pieces.length), toBase64url(piece)))
  }
  await files.put(at(school, whose, part), pieces.join('\n'))
}

async function* opened(
  school: School,
  object: R2ObjectBody,
  [whose, part]: Address,
): AsyncGenerator<Uint8Array> {
  const { byId } = await school.keyring()
  const sealed = (await object.text()).split('\n')
  const packed = async function* () {
    for (const [index, piece] of sealed.entries()) {
      const where = place(school, whose, part, index)
      yield fromBase64url(await open((key) => byId.get(key), where, piece as Sealed<string>))
    }
  }
  let bytes = 0
  for await (const piece of gunzipped(packed())) {
    bytes += piece.length
    if (bytes > MAX_OPENED_BYTES) throw new Error('A kept object is larger than any that is kept')
    yield piece
  }
}

function* encoded(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  for (const line of lines) yield encoder.encode(`${line}\n`)
}

const at = (school: School, { id, findings }: Whose, part: Part) =>
  `${prefixOf(school)}${id}/${findings ? `${findings}/` : ''}${part}`

const place = (school: School, { id, findings }: Whose, part: Part, piece: number): Place => ({
  holder: school.id,
  table: 'object',
  column: part,
  row: `${id}/${findings ? `${findings}/` : ''}${piece}`,
})
