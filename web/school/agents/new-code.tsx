import * as agents from '#agents'
import type { Agent } from '#agents'
import { isRefusal } from '#kernel'
import { keyFingerprint } from '#vault'
import { askFirst } from '../../ask-first.tsx'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { agentRefusals } from '../../words/agents.ts'
import { showCode } from './code.tsx'
import { agentOf, agentPath } from './parts.tsx'

/** Another code for a program that did not take its place within the hour. */
export const agentNewCode = schoolRoute('/school/agents/:agent/new-code', 'manage-agents', {
  isConfirmed: true,

  get: async (visit) => {
    const agent = await agentOf(visit)
    if (!agent) return notFoundPage(visit)
    return agent.state === 'enrolling' ? ask(visit, agent) : seeOther(visit, agentPath(agent.id))
  },

  post: async (visit) => {
    const { directory, school } = visit
    const agent = await agentOf(visit)
    if (!agent) return notFoundPage(visit)
    const enrolment = await agents.reopenEnrolment(directory, school, agent.id)
    if (isRefusal(enrolment)) return ask(visit, agent, agentRefusals[enrolment.refused])
    const { publicKey } = await agents.currentKey(directory)
    const fingerprint = await keyFingerprint(publicKey)
    return showCode(visit, { name: agent.name, fingerprint, ...enrolment })
  },
})

const ask = (visit: SchoolVisit, agent: Agent, refusal?: string): Promise<Response> =>
  askFirst(visit, {
    title: 'Make a new code',
    caption: agent.name,
    warning:
      'The next page shows another code, once, which works for one hour. The code that was made before does not work any more.',
    button: 'Make a new code',
    action: agentPath(agent.id, '/new-code'),
    back: agentPath(agent.id),
    refusal,
  })
