import { isRefusal } from '#kernel'
import * as mis from '#mis'
import { agentRoute, type AgentVisit } from '../route.ts'
import { countedAgainst, noteRefused } from './agent-at.ts'
import { announcedBy } from './announced.ts'
import { type AgentProblem, problem } from './problem.ts'

/**
 * What an agent pushes: taken in as it comes, answered at once with the id of the import, and opened by a
 * job. The same body again is the same import.
 */
export const misImports = agentRoute('/mis/v1/imports', {
  maxBodyBytes: mis.MAX_PUSH_BYTES,
  post: async (visit) => {
    const { c, env, directory, school, organisation } = visit
    const announced = announcedBy(visit, mis.PUSH_KINDS)
    const { body } = c.req.raw
    if (!announced || !body) return problem(visit, 'not-understood')
    const kinds: readonly string[] = mis.kindsFor(organisation.products)
    if (!kinds.includes(announced.address.kind)) return refused(visit, 'kind-not-taken')

    const taken = await mis.takeIn(directory, school, env.FILES, { ...announced, body })
    if (isRefusal(taken)) return refused(visit, taken.refused)
    const { importId } = taken
    if (taken.isNew) await env.IMPORTS.send({ shard: school.shard, school: school.id, importId })
    return c.json({ importId }, 202, { Location: `/mis/v1/imports/${importId}` })
  },
})

/** Refused for what it sent, not for who it is: noted and counted like a wrong key all the same. */
export async function refused(visit: AgentVisit, because: AgentProblem): Promise<Response> {
  await countedAgainst(visit, visit.agent.id)
  await noteRefused(visit, visit.school, visit.agent.id, because)
  return problem(visit, because)
}
