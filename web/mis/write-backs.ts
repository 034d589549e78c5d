import * as mis from '#mis'
import { agentRoute } from '../route.ts'

/** What the agent is to write for the school's own system: given again until it says that it is written. */
export const misWriteBacks = agentRoute('/mis/v1/write-backs', {
  get: async ({ c, school, agent }) => c.json(await mis.writeBacks.collect(school, agent.id)),
})
