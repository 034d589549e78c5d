import * as audit from '#audit'
import type { UserId } from '#kernel'
import type { Directory, School, Statement } from '#shards'
import { asUser } from '../store.ts'
import type { User } from '../user.ts'
import { passwordDueAtMs, reminderDueAtMs } from './period.ts'
import * as store from './store.ts'

export type ReminderLetter = (
  school: School,
  details: { user: User; dueAtMs: number },
) => Promise<Statement[]>

/**
 * Reminds somebody that their password will be too old soon: 14 days before, and 3. It is taken in hand
 * before it is written, so that no reminder goes out twice; one that cannot be put on its way is free again.
 */
export async function remindOfPassword(
  directory: Directory,
  school: School,
  id: UserId,
  { passwordDays, letter }: { passwordDays: number; letter: ReminderLetter },
): Promise<boolean> {
  const row = await store.activeRow(directory, school, id)
  const dueAtMs = row && passwordDueAtMs(row, passwordDays)
  const sinceMs = dueAtMs && reminderDueAtMs(dueAtMs, directory.clock.now())
  if (!sinceMs || !(await store.reminderTaken(directory, school, id, sinceMs))) return false

  try {
    const user = await asUser(school, row)
    const entry = audit.entry(school, 'password.reminded', id)
    return await school.commit(entry, await letter(school, { user, dueAtMs }))
  } catch (error) {
    await directory.write(store.reminderGivenBack(directory, school, row))
    throw error
  }
}
