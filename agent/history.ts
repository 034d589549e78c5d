import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './write-whole.ts'

const shape = z.object({
  /** By the feed's name. */
  feeds: z.record(
    z.string(),
    z.object({
      triedAtMs: z.number(),
      pushedAtMs: z.number().optional(),
      importId: z.string().optional(),
      /** When the export was made that was sent last. */
      exportedAtMs: z.number().optional(),
      /** Of the last try; a kebab word. */
      problem: z.string().optional(),
    }),
  ),
  /** Of decisions that go back into the school's system. */
  writeBacks: z.object({ triedAtMs: z.number(), problem: z.string().optional() }).optional(),
  /** How far this machine's clock was ahead of Schoolgate's, in milliseconds. */
  clockAheadMs: z.number().optional(),
})

/** What `status` tells: times, ids and words, of nobody. */
export type History = z.infer<typeof shape>

const FILE = 'history.json'

/** A history that cannot be read is begun anew: nothing depends on it. */
export async function readHistory(state: string): Promise<History> {
  try {
    return shape.parse(JSON.parse(await readFile(join(state, FILE), 'utf8')))
  } catch {
    return { feeds: {} }
  }
}

export const writeHistory = (state: string, history: History): Promise<void> =>
  writeWhole(join(state, FILE), JSON.stringify(history))
