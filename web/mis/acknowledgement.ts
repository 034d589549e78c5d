import * as mis from '#mis'
import { agentRoute } from '../route.ts'
import { refused } from './imports.ts'
import { jsonIn } from './json-in.ts'
import { problem } from './problem.ts'
import { provenBody } from './proven-body.ts'
import { sealedAnswer } from './sealed-answer.ts'

/** What became of write-backs that this agent collected. Told twice changes nothing. */
export const misAcknowledgement = agentRoute('/mis/v1/write-backs/acknowledgement', {
  post: async (visit) => {
    const { school, agent } = visit
    const body = await provenBody(visit)
    if (!body) return refused(visit, 'another-body')
    const read = mis.writeBacks.acknowledgementSchema.safeParse(jsonIn(body))
    if (!read.success) return problem(visit, 'not-understood')
    return sealedAnswer(visit, await mis.writeBacks.acknowledge(school, agent.id, read.data))
  },
})
