import * as mis from '#mis'
import { agentRoute } from '../route.ts'
import { jsonOf } from './json-of.ts'
import { problem } from './problem.ts'

/** What became of write-backs that this agent collected. Told twice changes nothing. */
export const misAcknowledgement = agentRoute('/mis/v1/write-backs/acknowledgement', {
  post: async (visit) => {
    const { c, school, agent } = visit
    const read = mis.writeBacks.acknowledgementSchema.safeParse(await jsonOf(visit))
    if (!read.success) return problem(visit, 'not-understood')
    return c.json(await mis.writeBacks.acknowledge(school, agent.id, read.data))
  },
})
