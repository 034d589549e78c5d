import * as audit from '#audit'
import * as delivery from '#delivery'
import type { Env } from '#workers/env.ts'
import { notFoundPage } from '../error-pages.tsx'
import { seeOther } from '../page.tsx'
import { operatorRoute } from '../route.ts'
import { letterOf } from './letter-of.ts'

/**
 * Puts a dead job back on its queue. It is put there before it is marked as dealt with: a job that
 * comes twice changes nothing, one that never comes would wait for the sweep.
 */
export const retry = operatorRoute('/operator/dead-letters/:letter/retry', 'mend-queues', {
  post: async (visit) => {
    const letter = await letterOf(visit)
    if (!letter) return notFoundPage(visit)

    const entry = audit.entry(visit.school, 'dead-letter.retried', letter.id, {
      queue: letter.queue,
    })
    await visit.school.commit(entry)
    await queueOf(visit.env, letter.queue).send(letter.body)
    await delivery.deadLetters.end(visit.directory, letter.id, 'retried')
    return seeOther(visit, '/operator/dead-letters', 'dead-letter-retried')
  },
})

const queueOf = (env: Env, name: delivery.deadLetters.QueueName): Queue<unknown> =>
  ({
    sends: env.SENDS,
    delivery: env.DELIVERY,
    receipts: env.RECEIPTS,
    imports: env.IMPORTS,
  })[name] as Queue<unknown>
