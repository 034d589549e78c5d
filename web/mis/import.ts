import * as agents from '#agents'
import { parseId } from '#kernel'
import * as mis from '#mis'
import { agentRoute } from '../route.ts'
import { problem } from './problem.ts'
import { sealedAnswer } from './sealed-answer.ts'

/** What became of something that this agent pushed, in numbers. */
export const misImport = agentRoute('/mis/v1/imports/:import', {
  get: async (visit) => {
    const { directory, school, agent } = visit
    const id = parseId('import', visit.param('import'))
    const push = id && (await agents.findPushOf(directory, school, id))
    if (!push || push.agentId !== agent.id) return problem(visit, 'no-such-import')

    const imported = await mis.find(school, push.importId)
    return sealedAnswer(visit, {
      importId: push.importId,
      state: imported?.state ?? push.state,
      because: imported?.refusedBecause ?? imported?.heldBecause ?? push.because,
      kind: push.kind,
      scope: push.scope,
      receivedAt: new Date(push.receivedAtMs).toISOString(),
      counts: imported?.counts ?? null,
    })
  },
})
