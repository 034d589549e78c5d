import * as audit from '#audit'
import * as delivery from '#delivery'
import { notFoundPage } from '../error-pages.tsx'
import { seeOther } from '../page.tsx'
import { operatorRoute } from '../route.ts'
import { letterOf } from './letter-of.ts'

/** Lets a dead job go: there is nothing left to do for it. */
export const discard = operatorRoute('/operator/dead-letters/:letter/discard', 'mend-queues', {
  post: async (visit) => {
    const letter = await letterOf(visit)
    if (!letter) return notFoundPage(visit)

    const entry = audit.entry(visit.school, 'dead-letter.discarded', letter.id, {
      queue: letter.queue,
    })
    await visit.school.commit(entry)
    await delivery.deadLetters.end(visit.directory, letter.id, 'discarded')
    return seeOther(visit, '/operator/dead-letters', 'dead-letter-discarded')
  },
})
