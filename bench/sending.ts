import { setTimeout as delay } from 'node:timers/promises'
import type { World } from './world.ts'

/** The school that the bench Worker settled. */
export type School = { school: string; shard: number; pupils: string[]; email: string }

export const LOOK_EVERY_MS = 20
export const PATIENCE_MS = 180_000

export type Sent = { message: string; dueAtMs: number }

/** Every contact of every pupil where no pupils are named. */
export function send(
  world: World,
  { school, shard }: School,
  pupils?: string[],
  category: 'operational' | 'emergency' = 'operational',
  isDraft = false,
): Promise<Sent> {
  return world.act<Sent>('send', { school, shard, category, isDraft, ...(pupils && { pupils }) })
}

/** Our references of a message's parcels; none before it was dispatched. */
export const referencesOf = (world: World, { school, shard }: School, message: string) =>
  world.act<string[]>('references', { school, shard, message })

export async function sendAndWait(world: World, school: School, pupils?: string[]): Promise<Sent> {
  const sent = await send(world, school, pupils)
  await untilDone(world, school)
  return sent
}

/** Waits until nothing is under way; returns how many attempts were accepted in all. */
export async function untilDone(world: World, school: School): Promise<number> {
  for (let looks = 0; looks * LOOK_EVERY_MS * 10 < PATIENCE_MS; looks++) {
    await delay(10 * LOOK_EVERY_MS)
    const { open, scheduled } = await underWay(world, school)
    if (open + scheduled === 0) return (await attemptsOf(world, school)).accepted
  }
  throw new Error('A send did not end.')
}

export const shardOf = (world: World, { shard }: School) =>
  world.runtime.getD1Database(`SHARD_${shard}`)

export async function underWay(
  world: World,
  school: School,
): Promise<{ open: number; scheduled: number }> {
  const found = await (
    await shardOf(world, school)
  )
    .prepare(
      `select
         (select count(*) from parcels where school_id = ?1
          and state in ('created', 'queued', 'sending', 'uncertain')) as open,
         (select count(*) from messages where school_id = ?1 and state = 'scheduled') as scheduled`,
    )
    .bind(school.school)
    .first<{ open: number; scheduled: number }>()
  return found ?? { open: 0, scheduled: 0 }
}

export type Attempts = { accepted: number; firstMs: number; lastMs: number }

export async function attemptsOf(world: World, school: School, sinceMs = 0): Promise<Attempts> {
  const found = await (
    await shardOf(world, school)
  )
    .prepare(
      `select count(*) as accepted, min(started_at_ms) as firstMs, max(finished_at_ms) as lastMs
       from attempts where school_id = ? and outcome = 'accepted' and started_at_ms >= ?`,
    )
    .bind(school.school, sinceMs)
    .first<Attempts>()
  return found ?? { accepted: 0, firstMs: 0, lastMs: 0 }
}
