import { decode } from '../workers/mis/read/decode.ts'
import { isRecord, readJson } from '../workers/mis/read/json.ts'
import type { FileProblem } from '../workers/mis/records/roster.ts'
import type { Export } from './collect.ts'
import { MAX_EXPORT_BYTES } from './settled.ts'

export type FeedProblem = Omit<FileProblem, 'reason'> & {
  readonly reason: FileProblem['reason'] | 'another-kind-of-file' | 'not-in-this-source'
}

export type Refused = { ok: false; problem: FeedProblem }
export const notHere: Refused = { ok: false, problem: { reason: 'not-in-this-source' } }

type JsonTaken = { ok: true; value: unknown } | Refused

export function jsonOf(taken: Export): JsonTaken {
  if (taken.kind === 'json') return { ok: true, value: taken.value }
  if (taken.kind === 'files') return notHere
  const decoded = decode(taken.bytes, MAX_EXPORT_BYTES)
  if (!decoded.ok) return decoded
  const read = readJson(decoded.text)
  return read.ok && !isRecord(read.value) && !Array.isArray(read.value)
    ? { ok: false, problem: { reason: 'not-json' } }
    : read
}
