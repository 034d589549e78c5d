import * as agents from '#agents'
import type { Agent } from '#agents'
import { isRefusal } from '#kernel'
import { askFirst } from '../../ask-first.tsx'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { agentRefusals } from '../../words/agents.ts'
import { agentOf, agentPath } from './parts.tsx'

/** Gives a program new keys, and asks it for a new one of its own: nobody has to go to the computer. */
export const agentKeyChange = schoolRoute('/school/agents/:agent/key-change', 'manage-agents', {
  isConfirmed: true,

  get: async (visit) => {
    const agent = await agentOf(visit)
    return agent?.keys ? ask(visit, agent) : notFoundPage(visit)
  },

  post: async (visit) => {
    const agent = await agentOf(visit)
    if (!agent?.keys) return notFoundPage(visit)
    const refusal = await agents.changeKeys(visit.directory, visit.school, agent.id)
    if (isRefusal(refusal)) return ask(visit, agent, agentRefusals[refusal.refused])
    return seeOther(visit, agentPath(agent.id), 'agent-keys-changed')
  },
})

const ask = (visit: SchoolVisit, agent: Agent, refusal?: string): Promise<Response> =>
  askFirst(visit, {
    title: 'Change the keys',
    caption: agent.name,
    warning:
      'The program gets a new API key, sealed so that only it can open it, and makes itself a new key, when it next says hello. Until then the keys that it has go on working. If somebody may have copied the keys, revoke the agent instead.',
    button: 'Change the keys',
    action: agentPath(agent.id, '/key-change'),
    back: agentPath(agent.id),
    refusal,
  })
