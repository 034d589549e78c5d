import * as access from '#access'
import { isRefusal } from '#kernel'
import * as mis from '#mis'
import { agentRoute } from '../route.ts'
import { announcedBy } from './announced.ts'
import { countedBody, refused } from './imports.ts'
import { problem } from './problem.ts'
import { provenBody } from './proven-body.ts'
import { sealedAnswer } from './sealed-answer.ts'

const MAX_BYTES = 4_000

/** A new public key of the agent's, sealed with the one before. */
export const misKeys = agentRoute('/mis/v1/keys', {
  maxBodyBytes: MAX_BYTES,
  post: async (visit) => {
    const announced = announcedBy(visit, ['keys'])
    if (!announced) return problem(visit, 'not-understood')
    const guess = await countedBody(visit)
    if (!guess) return refused(visit, 'throttled')
    const body = await provenBody(visit)
    if (!body) return refused(visit, 'another-body')
    const { directory, school } = visit
    const taken = await mis.takeNewKey(directory, school, { ...announced, body })
    if (isRefusal(taken)) return refused(visit, taken.refused)
    await directory.write([access.takenBack(guess)])
    return sealedAnswer(visit, taken)
  },
})
