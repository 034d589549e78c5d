import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  acknowledgedSchema,
  type Acknowledgement,
  type WriteBackLine,
  writeBacksSchema,
} from '../workers/mis/write-backs/line.ts'
import type { Config } from './config.ts'
import type { Secrets } from './secrets.ts'
import { tell, type Told } from './talk.ts'
import type { World } from './world.ts'
import { type NotWritten, tryFolder, writeFile } from './write-back-folder.ts'
import { writeWhole } from './write-whole.ts'

const PATH = '/mis/v1/write-backs'
/** A server that always has more is not asked for ever. */
const MAX_ROUNDS = 50

/**
 * Collects what was decided in Schoolgate and writes it for the school's system to import. Each is acknowledged
 * only when its file lasts, and is not written again if it is given again. Nothing is asked for while the folder
 * cannot be written. Answers how many were written.
 */
export async function collectWriteBacks(
  world: World,
  secrets: Secrets,
  to: NonNullable<Config['writeBacks']>,
): Promise<Told<number> | NotWritten> {
  const fault = await tryFolder(to)
  if (fault) return fault
  let written = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const told = await tell(
      secrets,
      world.network,
      { method: 'GET', path: PATH, maxBytes: MAX_BYTES },
      writeBacksSchema,
    )
    if (!told.ok) return told
    const { writeBacks, more } = told.value
    if (writeBacks.length === 0) break
    const known = await readWritten(world.state)
    const fresh = writeBacks.filter(({ id }) => !known.includes(id))
    const unwritten = await writeFiles(world.state, to, { known, fresh })
    if (unwritten) return unwritten
    const ids = writeBacks.map(({ id }) => id)
    const acknowledged = await acknowledge(world, secrets, ids)
    if (!acknowledged.ok) return acknowledged
    written += fresh.length
    world.log('write-backs.written', { written: fresh.length, again: ids.length - fresh.length })
    if (!more) break
  }
  return { ok: true, value: written }
}

/** Sealed: a third more than what it holds. */
const MAX_BYTES = 7_000_000

/** A file for each kind. What is in one is remembered before the next is begun, which may fail. */
async function writeFiles(
  state: string,
  to: NonNullable<Config['writeBacks']>,
  { known, fresh }: { known: readonly string[]; fresh: readonly WriteBackLine[] },
): Promise<NotWritten | undefined> {
  const ids = [...known]
  // What cannot be remembered would be written again each time; a disk that is full says so here already.
  await writeWritten(state, ids)
  for (const kind of ['mark', 'point'] as const) {
    const ours = fresh.filter(({ record }) => record.kind === kind)
    if (ours.length === 0) continue
    const fault = await writeFile(to, kind, ours)
    if (fault) return fault
    ids.push(...ours.map(({ id }) => id))
    await writeWritten(state, ids)
  }
  return undefined
}

const acknowledge = (world: World, secrets: Secrets, ids: readonly string[]) => {
  const said: Acknowledgement = { outcomes: ids.map((id) => ({ id, outcome: 'written' })) }
  const question = {
    method: 'POST',
    path: `${PATH}/acknowledgement`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(said),
  } as const
  return tell(secrets, world.network, question, acknowledgedSchema)
}

/** Ids that are in a file already: the acknowledgement of the last ones may have been lost. */
const WRITTEN = 'written.json'
const MAX_REMEMBERED = 5_000

async function readWritten(state: string): Promise<string[]> {
  try {
    return z.array(z.string()).parse(JSON.parse(await readFile(join(state, WRITTEN), 'utf8')))
  } catch {
    return []
  }
}

const writeWritten = (state: string, ids: readonly string[]): Promise<void> =>
  writeWhole(join(state, WRITTEN), JSON.stringify(ids.slice(-MAX_REMEMBERED)))
