import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'

export type ZipEntry = {
  name: string
  method: number
  isLocked: boolean
  checksum: number
  /** As declared: what comes out is counted again. */
  bytes: number
  packedBytes: number
  /** Where the packed bytes begin in the archive. */
  start: number
}

/** A OneRoster export has some 20 files; a folder of photographs by mistake has more than this. */
export const MAX_ZIP_ENTRIES = 200

export type ZipListing = { ok: true; entries: ZipEntry[] } | { ok: false; problem: FileProblem }

/**
 * What a zip says it holds, from its directory at the end (PKWARE APPNOTE 4.3): what a directory does not
 * list is not in it, whatever bytes lie between. Archives over 4 GB and of several discs are not taken.
 */
export function listEntries(bytes: Uint8Array): ZipListing {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  if (end === undefined) return problem('zip-broken')
  const count = view.getUint16(end + 10, true)
  if (count > MAX_ZIP_ENTRIES)
    return problem('zip-too-many-files', { detail: `${MAX_ZIP_ENTRIES}` })

  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    const entry = entryAt(view, bytes, at)
    if (!entry) return problem('zip-broken')
    entries.push(entry)
    at = entry.next
  }
  return { ok: true, entries }
}

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const MAX_COMMENT_BYTES = 65_535

function endOfDirectory(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at
  }
  return undefined
}

const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_BYTES = 30

function entryAt(view: DataView, bytes: Uint8Array, at: number) {
  const two = (from: number) => view.getUint16(from, true)
  const four = (from: number) => view.getUint32(from, true)
  if (at + ENTRY_BYTES > view.byteLength || four(at) !== ENTRY_SIGNATURE) return undefined
  const nameEnd = at + ENTRY_BYTES + two(at + 28)
  const local = four(at + 42)
  if (nameEnd > view.byteLength || local + LOCAL_BYTES > view.byteLength) return undefined
  if (four(local) !== LOCAL_SIGNATURE) return undefined
  const start = local + LOCAL_BYTES + two(local + 26) + two(local + 28)
  const packedBytes = four(at + 20)
  if (start + packedBytes > view.byteLength) return undefined
  return {
    name: new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, nameEnd)),
    method: two(at + 10),
    isLocked: (two(at + 8) & 1) === 1,
    checksum: four(at + 16),
    bytes: four(at + 24),
    packedBytes,
    start,
    next: nameEnd + two(at + 30) + two(at + 32),
  }
}
