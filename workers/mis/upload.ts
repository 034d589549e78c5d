import * as audit from '#audit'
import { type ImportId, newId } from '#kernel'
import type { DfeNumber } from '#schools'
import type { School } from '#shards'
import { clearOld } from './clear-old.ts'
import { headersKey } from './mappings/headers-key.ts'
import { findMapping } from './mappings/by-headings.ts'
import { sealObject } from './files/objects.ts'
import { preview } from './preview.ts'
import { inspect, readRoster } from './read/index.ts'
import type { FileProblem } from './records/roster.ts'
import { staged } from './files/staged.ts'
import * as store from './store.ts'
import { readingOf } from './read/tells.ts'

export type UploadedFile = {
  bytes: Uint8Array
  fileName: string
  /** It lists some pupils only, so that nobody who is missing from it has left. */
  isPartial: boolean
  /** The school's, where the operator has entered it: a file that names another school is held. */
  dfeNumber: DfeNumber | null
  /** What the operator calls the school: as above. */
  ourName: string
}

export type Uploaded =
  | { ok: true; id: ImportId; needsMapping: boolean }
  | { ok: false; problem: FileProblem }

/**
 * Takes a file in, if it can be read at all. A transfer file, or a CSV whose headings are known, is
 * compared at once, and only what Schoolgate needs of it is ever stored. For another CSV somebody has to say
 * what its columns are: until then, and for `UNMATCHED_AFTER_HOURS` at most, it is kept sealed as it came.
 */
export async function upload(
  school: School,
  files: R2Bucket,
  { bytes, fileName, isPartial, dfeNumber, ourName }: UploadedFile,
): Promise<Uploaded> {
  const found = inspect(bytes, fileName)
  if (!found.ok) return found
  const { kind } = found
  const saved =
    kind === 'csv' ? await findMapping(school, await headersKey(school, found.headers)) : undefined
  const read = kind === 'csv' && !saved ? undefined : readRoster(bytes, kind, saved?.mapping)
  if (read && !read.ok && !isMisfit(read.problem)) return read

  await clearOld(school, files)
  const takenAtMs = school.clock.now()
  const id = newId('import', takenAtMs)
  const record = { fileName: fileName.slice(0, MAX_FILE_NAME), school: null, dfeNumber, ourName }
  const fileFingerprint = await school.fingerprint('text-file', await sha256(bytes))
  if (!read?.ok) await sealObject(school, files, { id }, 'file', bytes)
  await school.commit(
    await store.added(school, { id, kind, record, isPartial, takenAtMs, fileFingerprint }),
    audit.entry(school, 'import.uploaded', id, { kind, bytes: bytes.length }),
  )
  if (!read?.ok) return { ok: true, id, needsMapping: true }

  const reading = readingOf(read.roster, { mapping: saved?.mapping, isPartial })
  const compared = { staged: staged(reading), mappingId: saved?.id ?? null }
  await preview(school, files, { id, takenAtMs, record }, compared)
  return { ok: true, id, needsMapping: false }
}

/** Columns of the same headings that the saved mapping no longer fits: it is asked for again. */
const isMisfit = ({ reason }: FileProblem): boolean => reason === 'mapping-does-not-fit'

/** Characters of a file's name that are kept. */
const MAX_FILE_NAME = 200

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Buffer.from(digest).toString('hex')
}
