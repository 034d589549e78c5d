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
  /** By the feed's name: the time of its export by this machine's clock, and what Schoolgate was told of it. */
  said: z
    .record(z.string(), z.object({ exportedAtMs: z.number(), takenAtMs: z.number() }))
    .optional(),
  /** Of decisions that go back into the school's system. */
  writeBacks: z.object({ triedAtMs: z.number(), problem: z.string().optional() }).optional(),
  /** How far this machine's clock was ahead of Schoolgate's, in milliseconds. */
  clockAheadMs: z.number().optional(),
})

/** What `status` tells, and what a later push must know: times, ids and words, of nobody. */
export type History = z.infer<typeof shape>

const FILE = 'history.json'

/** A history that cannot be read is begun anew: at worst, an unchanged export is taken for one that is older. */
export async function readHistory(state: string): Promise<History> {
  try {
    return shape.parse(JSON.parse(await readFile(join(state, FILE), 'utf8')))
  } catch {
    return { feeds: {} }
  }
}

export const writeHistory = (state: string, history: History): Promise<void> =>
  writeWhole(join(state, FILE), JSON.stringify(history))
