import { readFile, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

export type SettledRead =
  | {
      readonly ok: true
      /** When the newest of them was last written. */
      readonly takenAtMs: number
      /** By their paths. */
      readonly files: ReadonlyMap<string, Uint8Array>
    }
  | { readonly ok: false; readonly reason: 'no-file' | 'still-being-written' | 'export-too-big' }

/** How long to wait, and on what: tests bring their own. */
export type Settling = {
  readonly pause: (ms: number) => Promise<unknown>
  readonly platform: NodeJS.Platform
}

export const settling: Settling = { pause: (ms) => pause(ms), platform: process.platform }

/** No list of a school's people comes near it. */
export const MAX_EXPORT_BYTES = 100_000_000

/** Whoever writes an export writes something each few seconds: a file this old has been let go of. */
const OLD_MS = 10_000
const BETWEEN_LOOKS_MS = 5_000
const LOOKS = 3

/**
 * Reads files that nobody is writing, all of them or none: each was last written more than ten seconds ago, or
 * none has changed, come or gone within five; and they are after the reading as they were before it. `list` is
 * asked each time, as the file that is wanted may be another one by then. Half an export, taken for a whole one,
 * would make leavers of those who are not in it yet.
 */
export async function readSettled(
  list: () => Promise<readonly string[]>,
  nowMs: number,
  { pause, platform }: Settling = settling,
): Promise<SettledRead> {
  let before = await look(list)
  for (let looks = 0; looks < LOOKS; looks++) {
    const isOld = isLongSettled(before, nowMs, platform)
    if (!isOld) await pause(BETWEEN_LOOKS_MS)
    const now = isOld ? before : await look(list)
    if (now.length === 0) return { ok: false, reason: 'no-file' }
    if (sumOf(now) > MAX_EXPORT_BYTES) return { ok: false, reason: 'export-too-big' }
    if (isSame(before, now)) {
      const files = await readAll(now)
      if (files && isSame(now, await look(list))) {
        return { ok: true, takenAtMs: Math.max(...now.map(({ atMs }) => Math.round(atMs))), files }
      }
    }
    before = now
  }
  return { ok: false, reason: 'still-being-written' }
}

type Look = { readonly path: string; readonly bytes: number; readonly atMs: number }

async function look(list: () => Promise<readonly string[]>): Promise<readonly Look[]> {
  const found: Look[] = []
  for (const path of await list()) {
    const about = await stat(path).catch(() => undefined)
    if (about?.isFile()) found.push({ path, bytes: about.size, atMs: about.mtimeMs })
  }
  return found
}

/**
 * On Windows the time counts for nothing while the file is open: it "is not fully updated until all handles used
 * for writing have been closed" (Microsoft, WriteFile, Remarks). Its size does.
 */
const isLongSettled = (looks: readonly Look[], nowMs: number, platform: NodeJS.Platform): boolean =>
  looks.length === 0 || (platform !== 'win32' && looks.every(({ atMs }) => nowMs - atMs > OLD_MS))

const isSame = (one: readonly Look[], other: readonly Look[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const sumOf = (looks: readonly Look[]): number => looks.reduce((sum, { bytes }) => sum + bytes, 0)

/** Undefined where one of them went, or grew meanwhile. */
async function readAll(
  looks: readonly Look[],
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const files = new Map<string, Uint8Array>()
  for (const { path, bytes } of looks) {
    const read = await readFile(path).catch(() => undefined)
    if (read?.length !== bytes) return undefined
    files.set(path, read)
  }
  return files
}
