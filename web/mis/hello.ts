import * as mis from '#mis'
import { unknownAgentRoute, type Visit } from '../route.ts'
import { agentAt } from './agent-at.ts'
import { problem } from './problem.ts'

/** Who the server is; and to an agent that signs in, what it may send and with which keys. */
export const misHello = unknownAgentRoute('/mis/v1/hello', 'none', {
  get: async (visit) => {
    if (visit.c.req.header('Authorization') === undefined)
      return visit.c.json(await mis.identity(visit.directory))

    const admitted = await agentAt(visit)
    if (admitted instanceof Response) return admitted
    const nonce = nonceIn(visit)
    if (nonce === undefined) return problem(visit, 'not-understood')
    return visit.c.json(await mis.hello(visit.directory, { ...admitted, nonce }))
  },
})

/** Random text of the agent's, 128 bits or more. */
function nonceIn({ c }: Visit): string | undefined {
  const nonce = c.req.header(mis.pushHeaders.nonce)
  return nonce && /^[\w-]{16,100}$/.test(nonce) ? nonce : undefined
}
