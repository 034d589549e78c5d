import * as audit from '#audit'
import type { Directory, School } from '#shards'
import type { User } from '../user.ts'
import type { Tell } from './factor.ts'
import { newRecoveryCode, RECOVERY_CODES } from './recovery-code.ts'
import { recoveryCodesMade } from './recovery-store.ts'

/** New codes in place of all that somebody had: shown to them now, and kept as fingerprints only. */
export async function makeRecoveryCodes(
  directory: Directory,
  school: School,
  user: User,
  tell: Tell,
): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
  const writes = await recoveryCodesMade(directory, school, user.id, codes)
  await school.commit(
    audit.entry(school, 'recovery-codes.made', user.id, { codes: codes.length }),
    await tell({ what: 'recovery-codes-made' }),
  )
  await directory.write(writes)
  return codes
}
