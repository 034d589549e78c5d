import * as mis from '#mis'
import { unknownAgentRoute } from '../route.ts'
import { agentAt } from './agent-at.ts'
import { sealedAnswer } from './sealed-answer.ts'

/** Who the server is; and to an agent that signs in, what it may send and with which keys. */
export const misHello = unknownAgentRoute('/mis/v1/hello', 'none', {
  get: async (visit) => {
    if (visit.c.req.header('Authorization') === undefined)
      return visit.c.json(await mis.identity(visit.directory))

    const admitted = await agentAt(visit)
    if (admitted instanceof Response) return admitted
    return sealedAnswer(admitted, await mis.hello(visit.directory, admitted))
  },
})
