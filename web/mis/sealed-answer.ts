import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as mis from '#mis'
import type { AgentVisit } from '../route.ts'

/**
 * Answers an agent so that it alone can read it, and knows that Schoolgate said it, to just this request:
 * sealed from the key of ours that it has pinned. What opens TLS on the way learns nothing and can say nothing.
 */
export async function sealedAnswer(
  visit: AgentVisit,
  value: unknown,
  status: ContentfulStatusCode = 200,
  headers: Record<string, string> = {},
): Promise<Response> {
  const { c, agent, organisation, apiKey, asked } = visit
  const info = mis.answerInfoOf({ ...asked, organisation: organisation.id, agent: agent.id })
  const sealing = {
    info,
    from: asked.serverPrivateKey,
    to: Buffer.from(agent.keys.publicKey, 'base64url'),
    shared: { id: agent.id, key: apiKey },
  }
  return c.json(
    { sealed: await mis.sealJson(sealing, value) } satisfies mis.Sealed,
    status,
    headers,
  )
}
