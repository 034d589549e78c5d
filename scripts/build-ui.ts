import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packAgent } from '../agent/pack.ts'
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

/**
 * Builds all that is served as it is, when one of its sources is newer than the last build: styles, scripts, and the
 * agent for schools to download. Answers whether styles and scripts were built.
 */
export async function buildUi({ isForced = false } = {}): Promise<boolean> {
  const isBuilt = isForced || !(await isFresh())
  if (isBuilt) {
    const { build } = await import('vite')
    await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  }
  // After the styles, since their build empties the folder.
  await packAgent({ isForced })
  return isBuilt
}

const isFresh = async (): Promise<boolean> =>
  existsSync(made) && (await newest()) <= (await stat(made)).mtimeMs

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
