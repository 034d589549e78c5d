import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  acknowledgedSchema,
  type Acknowledgement,
  type WriteBackLine,
  writeBacksSchema,
} from '../workers/mis/write-backs/line.ts'
import type { Secrets } from './secrets.ts'
import { tell, type Told } from './talk.ts'
import type { World } from './world.ts'
import { FILE_NAMES, writeBackCsv } from './write-back-file.ts'
import { writeWhole } from './write-whole.ts'

const PATH = '/mis/v1/write-backs'
/** A server that always has more is not asked for ever. */
const MAX_ROUNDS = 50

/**
 * Collects what was decided in Schoolgate and writes it for the school's system to import. Each is acknowledged
 * only when its file lasts, and is not written again if it is given again. Answers how many were written.
 */
export async function collectWriteBacks(
  world: World,
  secrets: Secrets,
  folder: string,
): Promise<Told<number>> {
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
    await writeFiles(folder, fresh)
    const ids = writeBacks.map(({ id }) => id)
    await writeWritten(world.state, [...known, ...fresh.map(({ id }) => id)])
    const acknowledged = await acknowledge(world, secrets, ids)
    if (!acknowledged.ok) return acknowledged
    written += fresh.length
    world.log('write-backs.written', { written: fresh.length, again: ids.length - fresh.length })
    if (!more) break
  }
  return { ok: true, value: written }
}

const MAX_BYTES = 5_000_000

/** A file for each kind. The time in its name is to the millisecond, so that none is written over. */
async function writeFiles(folder: string, lines: readonly WriteBackLine[]): Promise<void> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  for (const kind of ['mark', 'point'] as const) {
    const ours = lines.filter(({ record }) => record.kind === kind)
    if (ours.length === 0) continue
    await writeWhole(
      join(folder, `schoolgate-${FILE_NAMES[kind]}-${stamp}.csv`),
      writeBackCsv(kind, ours),
    )
  }
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
