import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Network } from './ask.ts'
import type { Feed, Source } from './config.ts'
import { askWonde } from './ask-wonde.ts'
import { askXporter } from './ask-xporter.ts'

/** What a school's system gave out, unread. */
export type Collected =
  | { readonly ok: true; readonly takenAtMs: number; readonly export: Export }
  | { readonly ok: false; readonly reason: CollectProblem; readonly detail?: string }

export type Export =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** A bundle that was not zipped: files by their names in lower case. */
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, Uint8Array> }
  /** What an API answered, page by page. */
  | { readonly kind: 'json'; readonly value: unknown }

export type CollectProblem =
  | 'no-file'
  | 'still-being-written'
  | 'export-too-big'
  | 'token-not-private'
  | 'source-unreachable'
  | 'source-refused'
  | 'source-answers-nonsense'

/** No list of a school's people comes near it. */
export const MAX_EXPORT_BYTES = 100_000_000

/** Takes what the feed's source has now: the file, the newest file of the folder, or what the API answers. */
export async function collect(feed: Feed, network: Network, nowMs: number): Promise<Collected> {
  const { source } = feed
  if ('url' in source && source.url !== undefined) {
    const asked =
      source.kind === 'wonde'
        ? await askWonde(source, feed.data, network, nowMs)
        : await askXporter(source, feed.data, network, nowMs)
    if (!asked.ok) return asked
    return { ok: true, takenAtMs: nowMs, export: { kind: 'json', value: asked.value } }
  }
  if (source.kind === 'one-roster' && source.folder !== undefined && !source.match) {
    const files = await bundleIn(source.folder)
    if (files) return files
  }
  const path = await pathOf(source)
  return path === undefined ? { ok: false, reason: 'no-file' } : readSettled(path)
}

/** Undefined where the folder holds no OneRoster files by themselves: then there may be a zip. */
async function bundleIn(folder: string): Promise<Collected | undefined> {
  const names = await readdir(folder).catch(() => [])
  if (!names.some((name) => name.toLowerCase() === 'users.csv')) return undefined
  const files = new Map<string, Uint8Array>()
  let takenAtMs = 0
  for (const name of names.filter((each) => /\.csv$/i.test(each)).slice(0, MAX_BUNDLE_FILES)) {
    const read = await readSettled(join(folder, name))
    if (!read.ok) return read
    if (read.export.kind === 'bytes') files.set(name.toLowerCase(), read.export.bytes)
    takenAtMs = Math.max(takenAtMs, read.takenAtMs)
  }
  return { ok: true, takenAtMs, export: { kind: 'files', files } }
}

const MAX_BUNDLE_FILES = 40

async function pathOf({ path, folder, match }: Source): Promise<string | undefined> {
  if (path !== undefined) return path
  if (folder === undefined) return undefined
  const names = (await readdir(folder).catch(() => [])).filter((name) =>
    matches(name, match ?? '*'),
  )
  const found = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const about = await stat(file).catch(() => undefined)
      return about?.isFile() ? [{ file, at: about.mtimeMs }] : []
    }),
  )
  return found
    .flat()
    .sort((a, b) => b.at - a.at || (basename(b.file) > basename(a.file) ? 1 : -1))[0]?.file
}

/** Capitals do not count, as on Windows. Each `*` is looked for once, so that no pattern takes long. */
export function matches(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const text = name.toLowerCase()
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}

const TRIES = 5
const SETTLING_MS = 500

/** Reads a file that nobody is writing at the time: its size and time are the same before and after. */
async function readSettled(path: string): Promise<Collected> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await stat(path).catch(() => undefined)
    if (!before?.isFile()) return { ok: false, reason: 'no-file' }
    if (before.size > MAX_EXPORT_BYTES) return { ok: false, reason: 'export-too-big' }
    const bytes = await readFile(path).catch(() => undefined)
    const after = await stat(path).catch(() => undefined)
    const isSettled =
      bytes?.length === before.size &&
      after?.size === before.size &&
      after.mtimeMs === before.mtimeMs
    if (bytes && isSettled) {
      return { ok: true, takenAtMs: Math.round(before.mtimeMs), export: { kind: 'bytes', bytes } }
    }
    await pause(SETTLING_MS)
  }
  return { ok: false, reason: 'still-being-written' }
}
