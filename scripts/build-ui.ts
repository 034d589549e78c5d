import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './places.ts'

const made = join(root, 'dist', 'manifest.json')
const sources = [
  'web/assets',
  'web/islands',
  'web/kit/sms-words.ts',
  'workers/delivery/sms.ts',
  'vite.config.ts',
  'package-lock.json',
]

/** Builds the UI when one of its sources is newer than the last build. Answers whether it did. */
export async function buildUi({ isForced = false } = {}): Promise<boolean> {
  if (!isForced && existsSync(made) && (await newest()) <= (await stat(made)).mtimeMs) return false

  const { build } = await import('vite')
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  return true
}

async function newest(): Promise<number> {
  const times = await Promise.all(sources.map((source) => newestIn(join(root, source))))
  return Math.max(...times)
}

async function newestIn(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return found.mtimeMs
  const inside = await Promise.all((await readdir(path)).map((name) => newestIn(join(path, name))))
  return Math.max(found.mtimeMs, ...inside)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isBuilt = await buildUi({ isForced: process.argv.includes('--force') })
  console.log(isBuilt ? 'UI built.' : 'UI is up to date.')
}
