import { log } from '#kernel'
import type { School } from '#shards'
import { nudge } from '#workers/outbox/nudge.ts'
import type { Visit } from './route.ts'

/** Lets what is due leave now, e-mails and messages. Only a hint: a lost one is made good within a minute. */
export function sendSoon({ c, env }: Visit, school: School): void {
  const nudged = nudge(env, school).catch(() => log('nudge.failed', { school: school.id }))
  c.executionCtx.waitUntil(nudged)
}
