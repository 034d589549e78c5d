import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './write-whole.ts'

const head = z.object({
  feed: z.string(),
  /** Its place among the bodies that were sealed together, from 0. */
  part: z.number(),
  sealedAtMs: z.number(),
  headers: z.record(z.string(), z.string()),
})

/** A sealed body that waits to be sent: nothing in it can be read without Schoolgate's own key. */
export type Waiting = z.infer<typeof head> & {
  readonly name: string
  readonly file: string
  readonly bytes: number
}

const folderOf = (state: string): string => join(state, 'spool')

/**
 * Puts a body where a restart finds it. What it says about itself is written last, so that a body without it is
 * one that was cut short, and is thrown away.
 */
export async function putInSpool(
  state: string,
  about: z.infer<typeof head>,
  body: AsyncIterable<Uint8Array>,
): Promise<Waiting> {
  const name = randomUUID()
  const file = join(folderOf(state), `${name}.sgp`)
  try {
    await writeWhole(file, body)
    await writeWhole(join(folderOf(state), `${name}.json`), JSON.stringify(about))
    return { ...about, name, file, bytes: (await stat(file)).size }
  } catch (error) {
    // What is said is what went wrong first.
    await rm(file, { force: true }).catch(() => undefined)
    throw error
  }
}

/** What waits, oldest first. It changes nothing: anybody may look while a push is being written. */
export async function listSpool(state: string): Promise<Waiting[]> {
  const found: Waiting[] = []
  for (const name of await namesIn(state)) {
    const file = join(folderOf(state), `${name}.sgp`)
    const about = await readHead(join(folderOf(state), `${name}.json`))
    const size = (await stat(file).catch(() => undefined))?.size
    if (about && size) found.push({ ...about, name, file, bytes: size })
  }
  return found.sort((a, b) => a.sealedAtMs - b.sealedAtMs || a.part - b.part)
}

/** Throws away what a stop cut short. Only for who is `alone`: else it might be somebody's who is writing it. */
export async function clearSpool(state: string): Promise<void> {
  const whole = new Set((await listSpool(state)).map(({ name }) => name))
  for (const name of await namesIn(state)) {
    if (!whole.has(name)) await removeFromSpool(state, { name })
  }
}

const namesIn = async (state: string): Promise<Set<string>> => {
  const names = await readdir(folderOf(state)).catch(() => [])
  return new Set(names.map((each) => each.split('.')[0] ?? ''))
}

/** The body first: what is said about a body that is gone is thrown away by itself. */
export async function removeFromSpool(
  state: string,
  { name }: Pick<Waiting, 'name'>,
): Promise<void> {
  const names = await readdir(folderOf(state)).catch(() => [])
  const ours = names
    .filter((each) => each.startsWith(`${name}.`))
    .sort((a) => (a.endsWith('.sgp') ? -1 : 1))
  for (const each of ours) await rm(join(folderOf(state), each), { force: true })
}

async function readHead(path: string): Promise<z.infer<typeof head> | undefined> {
  try {
    return head.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}
