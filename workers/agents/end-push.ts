import type { Directory } from '#shards'
import { expectedBy } from './agent.ts'
import type { Push } from './push.ts'
import { pushEnded } from './push-store.ts'
import * as store from './store.ts'

/**
 * A body was opened, or refused. A roster that opened is the night's data: the next one is expected a
 * night later, and nobody is late any more.
 */
export async function endPush(
  directory: Directory,
  push: Push,
  end: { state: 'opened' } | { state: 'refused'; because: string },
): Promise<void> {
  const row = await store.findRow(directory, push.agentId)
  const isNightly = end.state === 'opened' && push.kind === 'roster' && row?.state === 'active'
  await directory.write(
    pushEnded(directory, push.id, end),
    isNightly
      ? [
          store.changed(directory, push.agentId, {
            expectedByMs: expectedBy(push.receivedAtMs, row.nightlyHour),
            toldLateAtMs: null,
          }),
        ]
      : [],
  )
}
