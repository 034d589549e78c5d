import { z } from 'zod'
import * as agents from '#agents'
import type { Agent } from '#agents'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { agentRefusals } from '../../words/agents.ts'
import { AgentView } from './agent-view.tsx'
import { agentOf, agentPath, AGENTS, hourIn } from './parts.tsx'
import { sentOf } from './pushes.tsx'

const form = z.object({ nightlyHour: z.string().optional() })

/** One program: how it is, what it sent, by which keys both sides know each other, and when its data is expected. */
export const agentPage = schoolRoute('/school/agents/:agent', 'manage-agents', {
  get: async (visit) => {
    const agent = await agentOf(visit)
    return agent ? show(visit, agent) : notFoundPage(visit)
  },

  post: async (visit) => {
    const agent = await agentOf(visit)
    if (!agent) return notFoundPage(visit)
    const read = await readForm(visit.c, form)
    if (!read.ok) return show(visit, agent, read.errors)
    const hour = hourIn(read.value.nightlyHour)
    const refusal = await agents.expectBy(visit.directory, visit.school, agent.id, hour)
    if (isRefusal(refusal)) {
      const { refused, field = 'form' } = refusal
      return show(visit, agent, { [field]: agentRefusals[refused] })
    }
    return seeOther(visit, agentPath(agent.id), 'agent-hour-changed')
  },
})

export async function show(
  visit: SchoolVisit,
  agent: Agent,
  errors: FieldErrors = {},
): Promise<Response> {
  const { directory, school } = visit
  const [pushes, serverKey] = await Promise.all([
    agents.latestPushes(directory, school, agent.id),
    agents.currentKey(directory),
  ])
  return formPage(
    visit,
    { title: agent.name, caption: 'Agent', back: { href: AGENTS }, errors, isWide: true },
    await AgentView({
      agent,
      sent: await sentOf(visit, pushes),
      serverKey,
      errors,
      nowMs: directory.clock.now(),
    }),
  )
}
