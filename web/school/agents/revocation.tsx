import * as agents from '#agents'
import type { Agent } from '#agents'
import { isRefusal } from '#kernel'
import { askFirst } from '../../ask-first.tsx'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { agentRefusals } from '../../words/agents.ts'
import { agentOf, agentPath, AGENTS } from './parts.tsx'

/** Turns a program away for good. */
export const agentRevocation = schoolRoute('/school/agents/:agent/revocation', 'manage-agents', {
  isConfirmed: true,

  get: async (visit) => {
    const agent = await agentOf(visit)
    return agent && agent.state !== 'revoked' ? ask(visit, agent) : notFoundPage(visit)
  },

  post: async (visit) => {
    const agent = await agentOf(visit)
    if (!agent) return notFoundPage(visit)
    const refusal = await agents.revoke(visit.directory, visit.school, agent.id)
    if (isRefusal(refusal)) return ask(visit, agent, agentRefusals[refusal.refused])
    return seeOther(visit, AGENTS, 'agent-revoked')
  },
})

const ask = (visit: SchoolVisit, agent: Agent, refusal?: string): Promise<Response> =>
  askFirst(visit, {
    title: 'Revoke this agent',
    caption: agent.name,
    warning:
      'The program is turned away at once and for good, and its keys are destroyed. No data arrives until another one is enrolled. What it sent before stays.',
    button: 'Revoke the agent',
    action: agentPath(agent.id, '/revocation'),
    back: agentPath(agent.id),
    refusal,
  })
