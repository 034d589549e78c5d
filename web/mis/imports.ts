import * as access from '#access'
import { isRefusal } from '#kernel'
import * as mis from '#mis'
import { agentRoute, type AgentVisit } from '../route.ts'
import { noteRefused } from './agent-at.ts'
import { announcedBy } from './announced.ts'
import { type AgentProblem, problem } from './problem.ts'
import { sealedAnswer } from './sealed-answer.ts'

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
    const guess = await countedBody(visit)
    if (!guess) return refused(visit, 'throttled')
    const kinds: readonly string[] = mis.kindsFor(organisation.products)
    if (!kinds.includes(announced.address.kind)) return refused(visit, 'kind-not-taken')

    const taken = await mis.takeIn(directory, school, env.FILES, { ...announced, body })
    if (isRefusal(taken)) return refused(visit, taken.refused)
    await directory.write([access.takenBack(guess)])
    const { importId } = taken
    if (taken.isNew) await env.IMPORTS.send({ shard: school.shard, school: school.id, importId })
    return sealedAnswer(visit, { importId }, 202, { Location: `/mis/v1/imports/${importId}` })
  },
})

/**
 * Counts a body as refused until it is taken; undefined where this agent has had ten in five minutes. By the agent
 * alone: nobody else proves a request of its, so nobody else can bring it about.
 */
export const countedBody = ({ directory, agent }: AgentVisit): Promise<access.Guess | undefined> =>
  access.counted(directory, [['agent-body', agent.id]])

/** Refused for what it sent, not for who it is: noted all the same. */
export async function refused(visit: AgentVisit, because: AgentProblem): Promise<Response> {
  await noteRefused(visit, visit.school, visit.agent.id, because)
  return problem(visit, because)
}
