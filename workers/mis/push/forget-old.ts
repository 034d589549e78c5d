import * as agents from '#agents'
import { type Directory, system } from '#shards'
import { pushAt } from '../files/objects.ts'

/** Forgotten in one minute. */
const AT_ONCE = 100

/** For the clock: bodies that stopped arriving, and what came so long ago that nobody needs to know it again. */
export async function forgetOldPushes(directory: Directory, files: R2Bucket): Promise<void> {
  for (const push of await agents.oldPushes(directory, AT_ONCE)) {
    const school = await directory.school(push.organisationId, system('clock'))
    if (school) await files.delete(pushAt(school, push.importId))
    await directory.write([agents.pushForgotten(directory, push)])
  }
}
