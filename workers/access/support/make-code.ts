import * as audit from '#audit'
import { BrokenInvariant, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { newCode } from './code.ts'
import { CODE_MS } from './level.ts'
import * as store from './store.ts'

/** Two of a school with one code at a time are a chance in a million; so many in a row is a fault. */
const MAX_DRAWS = 5

/**
 * Makes a code that a person of a school reads out to support (PRODUCT 3.6): it lets one employee of the
 * operator in, once, within ten minutes, at this person's level. An older one of theirs is closed. The
 * code itself is nowhere but in the answer.
 */
export async function makeCode(
  directory: Directory,
  school: School,
  user: UserId,
): Promise<{ code: string; untilMs: number }> {
  await school.commit(audit.entry(school, 'support.code-made', user))
  const untilMs = directory.clock.now() + CODE_MS
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    const code = newCode()
    if (await store.codeKept(directory, school.id, user, code)) return { code, untilMs }
  }
  throw new BrokenInvariant('a new code is drawn in a few tries')
}
