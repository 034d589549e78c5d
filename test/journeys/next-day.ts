import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { System } from './running.ts'

export const DAY_MS = 24 * 60 * 60 * 1000

/**
 * No clock of the service can be moved from outside. So it is put to rest, what was scheduled becomes due
 * a day sooner in its databases, and it wakes to that as after a night: the time has come, and no alarm
 * of an outbox has rung. Answers how many messages that were.
 */
export async function nextDay(system: System): Promise<number> {
  await system.rest()
  const folder = join(system.stateDir, 'runtime', 'd1', 'miniflare-D1DatabaseObject')
  const files = readdirSync(folder).filter((name) => name.endsWith('.sqlite'))
  const moved = files.reduce((sum, file) => sum + bringForward(join(folder, file)), 0)
  await system.restart()
  return moved
}

function bringForward(file: string): number {
  const database = new DatabaseSync(file)
  const isShard = database.prepare("select 1 from sqlite_master where name = 'messages'").get()
  const sql = "update messages set due_at_ms = due_at_ms - ? where state = 'scheduled'"
  const moved = isShard ? Number(database.prepare(sql).run(DAY_MS).changes) : 0
  database.close()
  return moved
}
