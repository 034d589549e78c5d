import { isRefusal } from '#kernel'
import * as mis from '#mis'
import { agentRoute } from '../route.ts'
import { announcedBy } from './announced.ts'
import { refused } from './imports.ts'
import { problem } from './problem.ts'

const MAX_BYTES = 4_000

/** A new public key of the agent's, sealed with the one before. */
export const misKeys = agentRoute('/mis/v1/keys', {
  maxBodyBytes: MAX_BYTES,
  post: async (visit) => {
    const announced = announcedBy(visit, ['keys'])
    if (!announced) return problem(visit, 'not-understood')
    const body = new Uint8Array(await visit.c.req.arrayBuffer())
    const { directory, school } = visit
    const refusal = await mis.takeNewKey(directory, school, { ...announced, body })
    if (isRefusal(refusal)) return refused(visit, refusal.refused)
    return visit.c.body(null, 204)
  },
})
