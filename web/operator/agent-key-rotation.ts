import * as agents from '#agents'
import * as audit from '#audit'
import { seeOther } from '../page.tsx'
import { operatorRoute } from '../route.ts'

/** Makes a fresh key for schools' agents to seal to. The one before opens for 30 days more. */
export const agentKeyRotation = operatorRoute('/operator/keys/agent-key', 'rotate-keys', {
  isConfirmed: true,
  post: async (visit) => {
    const { directory, school } = visit
    const id = await agents.turnKey(directory)
    await school.commit(audit.entry(school, 'agent-key.rotated', id))
    return seeOther(visit, '/operator/keys', 'agent-key-rotated')
  },
})
