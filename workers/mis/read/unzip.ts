import { Inflate } from 'fflate'
import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import { listEntries } from './zip-directory.ts'
import type { ZipEntry } from './zip-directory.ts'

/** All files of a bundle together, unpacked: what a school of 3,000 writes, five times over. */
export const MAX_UNZIPPED_BYTES = 50_000_000
/** Lists of people shrink to a tenth or a twentieth; a bomb to a thousandth. */
export const MAX_RATIO = 200
/** Below this much, a high ratio is a small file with little in it. */
const RATIO_FROM_BYTES = 1_000_000

export type Unzipped =
  | { ok: true; files: Map<string, Uint8Array> }
  | { ok: false; problem: FileProblem }

/**
 * The wanted files of a zip, by their names in lower case without folders. What the archive declares is not
 * believed: bytes are counted as they come out, in small pieces, and the first over a limit ends it.
 * Names that climb (`../`), start at a root or belong to a system's own folders are passed over.
 */
export function unzip(bytes: Uint8Array, isWanted: (name: string) => boolean): Unzipped {
  const listed = listEntries(bytes)
  if (!listed.ok) return listed
  const files = new Map<string, Uint8Array>()
  let left = MAX_UNZIPPED_BYTES
  for (const entry of listed.entries) {
    const name = plainName(entry.name)
    if (name === undefined || !isWanted(name)) continue
    if (files.has(name)) return problem('zip-same-file-twice', { file: name })
    const unpacked = unpack(bytes, entry, left)
    if (!unpacked.ok) return { ok: false, problem: { ...unpacked.problem, file: name } }
    files.set(name, unpacked.bytes)
    left -= unpacked.bytes.length
  }
  return { ok: true, files }
}

function plainName(path: string): string | undefined {
  const parts = path.toLowerCase().split('/')
  const isTrick = /^\/|^[a-z]:|\\|\0/i.test(path) || parts.includes('..') || parts.includes('.')
  return isTrick || parts[0] === '__macosx' ? undefined : parts.at(-1) || undefined
}

type Unpacked = { ok: true; bytes: Uint8Array } | { ok: false; problem: FileProblem }

/** Pieces that are fed to the inflater: each gives at most 1,032 times its size (RFC 1951). */
const PIECE_BYTES = 4_096
const STORED = 0
const DEFLATED = 8

function unpack(zip: Uint8Array, entry: ZipEntry, left: number): Unpacked {
  if (entry.isLocked) return problem('zip-locked')
  const packed = zip.subarray(entry.start, entry.start + entry.packedBytes)
  const limit = Math.min(left, Math.max(RATIO_FROM_BYTES, packed.length * MAX_RATIO))
  const tooBig = problem('zip-too-big', { detail: String(Math.max(1, Math.round(limit / 1e6))) })
  if (entry.bytes > limit) return tooBig
  if (entry.method !== STORED && entry.method !== DEFLATED) return problem('zip-broken')
  const bytes = entry.method === STORED ? packed : inflate(packed, limit)
  if (bytes === 'too-big') return tooBig
  const isWhole = bytes?.length === entry.bytes && checksum(bytes) === entry.checksum
  return bytes && isWhole ? { ok: true, bytes } : problem('zip-broken')
}

function inflate(packed: Uint8Array, limit: number): Uint8Array | 'too-big' | undefined {
  const out: { pieces: Uint8Array[]; size: number } = { pieces: [], size: 0 }
  const inflater = new Inflate((piece) => {
    out.size += piece.length
    if (out.size <= limit) out.pieces.push(piece)
  })
  try {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      inflater.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length)
      if (out.size > limit) return 'too-big'
    }
  } catch {
    return undefined
  }
  return joined(out.pieces, out.size)
}

function joined(pieces: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** CRC-32 of ISO 3309, as zip files have it (APPNOTE 4.4.7). */
function checksum(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) crc = (CRC[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}

const CRC = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
