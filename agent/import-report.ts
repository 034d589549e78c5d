import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Secrets } from './secrets.ts'
import { tell, type Told } from './talk.ts'
import type { World } from './world.ts'

const shape = z.object({
  state: z.string(),
  /** Why it is held or was refused; a kebab word. */
  because: z.string().nullable(),
})

/** What became of something that was sent. */
export type ImportReport = z.infer<typeof shape>

/** While it is in one of these Schoolgate is still at work on it. */
const WORKING: ReadonlySet<string> = new Set(['arriving', 'received', 'opened', 'previewed'])

export const findReport = (
  world: World,
  secrets: Secrets,
  importId: string,
): Promise<Told<ImportReport>> =>
  tell(secrets, world.network, { method: 'GET', path: `/mis/v1/imports/${importId}` }, shape)

/** The same once Schoolgate is done with it; undefined where that takes longer than somebody would wait. */
export async function awaitReport(
  world: World,
  secrets: Secrets,
  importId: string,
  waitMs: number,
): Promise<ImportReport | undefined> {
  const endMs = Date.now() + waitMs
  for (let stepMs = 250; Date.now() < endMs; stepMs = Math.min(stepMs * 2, MAX_STEP_MS)) {
    await pause(stepMs)
    const told = await findReport(world, secrets, importId)
    if (!told.ok) return undefined
    if (!WORKING.has(told.value.state)) return told.value
  }
  return undefined
}

const MAX_STEP_MS = 4_000

/** "applied", "held: removes many pupils" */
export const reportWords = ({ state, because }: ImportReport): string =>
  because === null ? state : `${state}: ${because.replaceAll('-', ' ')}`
