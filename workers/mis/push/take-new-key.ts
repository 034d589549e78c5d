import * as agents from '#agents'
import { isRefusal, type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { newKeySchema } from './answers.ts'
import { openBody, Unopened, type UnopenedReason } from './open.ts'
import { openingOf } from './opening-of.ts'
import { MAX_CLOCK_DIFFERENCE_MS, type PushAddress } from './wire.ts'

export type NewKeyRefusal = Refusal<
  | 'wrong-time'
  | 'unknown-key'
  | 'no-such-agent'
  | 'changed-meanwhile'
  | 'not-a-key'
  | UnopenedReason
>

/**
 * A new public key of the agent's, in a body sealed with the old one: so that only who holds the old key
 * and the API key can bring another.
 */
export async function takeNewKey(
  directory: Directory,
  school: School,
  { address, apiKeyId, body }: { address: PushAddress; apiKeyId: string; body: Uint8Array },
): Promise<NewKeyRefusal | { agentPublicKey: string }> {
  if (Math.abs(directory.clock.now() - address.takenAtMs) > MAX_CLOCK_DIFFERENCE_MS)
    return refuse('wrong-time')
  const opening = await openingOf(directory, school, address, apiKeyId)
  if (!opening) return refuse('unknown-key')
  const plain = await opened(openBody(opening, only(body)))
  if (isRefusal(plain)) return plain
  const read = newKeySchema.safeParse(plain.plain)
  if (!read.success) return refuse('not-a-key', 'agentPublicKey')
  const id = address.agent as agents.AgentId
  const refusal = await agents.takeNewKey(directory, school, id, read.data.agentPublicKey)
  return refusal ?? read.data
}

async function* only(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}

async function opened(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ plain: unknown } | Refusal<'not-a-key' | UnopenedReason>> {
  try {
    const parts: Uint8Array[] = []
    for await (const chunk of chunks) parts.push(chunk)
    return { plain: JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown }
  } catch (error) {
    if (error instanceof Unopened) return refuse(error.reason)
    if (error instanceof SyntaxError) return refuse('not-a-key', 'agentPublicKey')
    throw error
  }
}
