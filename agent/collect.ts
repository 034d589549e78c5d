import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Network } from './ask.ts'
import type { Feed, Source } from './config.ts'
import { askWonde } from './ask-wonde.ts'
import { askXporter } from './ask-xporter.ts'
import { readSettled, type SettledRead, type Settling, settling } from './settled.ts'

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

/**
 * Takes what the feed's source has now: the file, the newest file of the folder, or what the API answers. A file
 * that may still be written is waited for, so this can take a quarter of a minute.
 */
export async function collect(
  feed: Feed,
  network: Network,
  nowMs: number,
  how: Settling = settling,
): Promise<Collected> {
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
    const { folder } = source
    if ((await bundleIn(folder)).length > 0) {
      return asFiles(await readSettled(() => bundleIn(folder), nowMs, how))
    }
  }
  return asBytes(await readSettled(() => pathOf(source), nowMs, how))
}

/** None where the folder holds no OneRoster files by themselves: then there may be a zip. */
async function bundleIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  if (!names.some((name) => name.toLowerCase() === 'users.csv')) return []
  return names
    .filter((each) => /\.csv$/i.test(each))
    .sort()
    .slice(0, MAX_BUNDLE_FILES)
    .map((name) => join(folder, name))
}

const MAX_BUNDLE_FILES = 40

function asFiles(read: SettledRead): Collected {
  if (!read.ok) return read
  const files = [...read.files].map(
    ([path, bytes]) => [basename(path).toLowerCase(), bytes] as const,
  )
  return { ok: true, takenAtMs: read.takenAtMs, export: { kind: 'files', files: new Map(files) } }
}

function asBytes(read: SettledRead): Collected {
  if (!read.ok) return read
  const [bytes = new Uint8Array()] = read.files.values()
  return { ok: true, takenAtMs: read.takenAtMs, export: { kind: 'bytes', bytes } }
}

/** The file that is named, or the newest that matches; none where there is none. */
async function pathOf({ path, folder, match }: Source): Promise<string[]> {
  if (path !== undefined) return [path]
  if (folder === undefined) return []
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
    .sort((a, b) => b.at - a.at || (basename(b.file) > basename(a.file) ? 1 : -1))
    .slice(0, 1)
    .map(({ file }) => file)
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
