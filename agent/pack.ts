import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { type Zippable, zipSync } from 'fflate'
import { root } from '../scripts/places.ts'
import { bundleAgent } from './build.ts'
import { VERSION } from './version.ts'

/** What Schoolgate's pages say of the program that they offer. */
export type Offered = {
  version: string
  /** Of the zip, as browsers fetch it. */
  href: string
  /** By which it is saved. */
  fileName: string
  bytes: number
  /** In hexadecimal, as `Get-FileHash` and `sha256sum` print it. */
  sha256: string
  /** Of `agent.mjs` alone, which a server may have to be told to trust. */
  programSha256: string
  readme: string
}

const dist = join(root, 'dist')
const assets = join(dist, 'public', 'assets')
const offered = join(dist, 'agent.json')
/** What it was made of, so that nothing is made again for nothing. */
const madeOf = join(dist, 'agent-made-of.json')
const README = 'agent/README.md'
const RECIPES = 'agent/recipes'
/** A zip tells times without their zone, so this is the same bytes wherever it is made. */
const ALWAYS = new Date(1980, 0, 1)

/**
 * Puts the program, its instructions and its recipes where schools download them, and what there is to say of
 * them into `dist/agent.json`. The name has a digest in it, and the same source makes the same bytes, so that
 * the computer people of a school can compare what they have with what Schoolgate's page says.
 */
export async function packAgent({ isForced = false } = {}): Promise<void> {
  if (!isForced && (await isFresh())) return

  const { zip, program, readme, inputs } = await packed()
  const sha256 = digestOf(zip)
  const fileName = `schoolgate-agent-${VERSION}.zip`
  const folder = `agent-${sha256.slice(0, 12)}`
  await removeOthers(folder)
  await writeWhole(join(assets, folder, fileName), zip)
  await writeWhole(madeOf, asJson(inputs))
  await writeWhole(
    offered,
    asJson({
      version: VERSION,
      href: `/assets/${folder}/${fileName}`,
      fileName,
      bytes: zip.length,
      sha256,
      programSha256: digestOf(program),
      readme,
    } satisfies Offered),
  )
}

/** The zip, and what is in it. */
export async function packed() {
  const [{ program, inputs }, readme, recipes] = await Promise.all([
    bundleAgent(),
    readFile(join(root, README)),
    recipesFound(),
  ])
  const files: Zippable = { 'agent.mjs': program }
  // As .txt it opens with a double click on a school's server.
  files['README.txt'] = new Uint8Array(readme)
  for (const path of recipes)
    files[path.slice('agent/'.length)] = new Uint8Array(await readFile(join(root, path)))
  return {
    zip: zipSync(files, { level: 9, mtime: ALWAYS }),
    program,
    readme: readme.toString(),
    inputs: [...inputs, README, ...recipes, 'package-lock.json', 'agent/build.ts', 'agent/pack.ts'],
  }
}

/** From the checkout; sorted, since a folder is read in any order. */
async function recipesFound(): Promise<string[]> {
  const entries = await readdir(join(root, RECIPES), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted()
}

/** Whether the zip is there and newer than all that it was made of. */
async function isFresh(): Promise<boolean> {
  try {
    const { href } = JSON.parse(await readFile(offered, 'utf8')) as Offered
    const { mtimeMs } = await stat(join(dist, 'public', href))
    const inputs = JSON.parse(await readFile(madeOf, 'utf8')) as string[]
    const sources = [...new Set([...inputs, ...(await recipesFound())])]
    const times = await Promise.all(sources.map((path) => stat(join(root, path))))
    return times.every((source) => source.mtimeMs <= mtimeMs)
  } catch {
    // Something of it is not there, or is not there any more.
    return false
  }
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Those of an older source, which nobody is shown any more. */
async function removeOthers(folder: string): Promise<void> {
  const names = existsSync(assets) ? await readdir(assets) : []
  const old = names.filter((name) => /^agent-[0-9a-f]{12}$/.test(name) && name !== folder)
  await Promise.all(old.map((name) => rm(join(assets, name), { recursive: true, force: true })))
}

/** Two that build at the same time write the same; nobody reads half of it. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`)
  await writeFile(beside, content)
  await rename(beside, path)
}
