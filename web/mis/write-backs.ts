import * as mis from '#mis'
import { agentRoute } from '../route.ts'
import { sealedAnswer } from './sealed-answer.ts'

/** What the agent is to write for the school's own system: given again until it says that it is written. */
export const misWriteBacks = agentRoute('/mis/v1/write-backs', {
  get: async (visit) =>
    sealedAnswer(visit, await mis.writeBacks.collect(visit.school, visit.agent.id)),
})
