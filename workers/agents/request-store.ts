import { lte } from 'drizzle-orm'
import type { Directory, Write } from '#shards'
import type { AgentId } from './agent.ts'
import { agentRequests } from './directory-tables.ts'
import { PROOF_GOOD_MS } from './request-proof.ts'

/** Whether this request of the agent's is the first with its nonce. Of two at one moment, one is. */
export async function isFirst(
  directory: Directory,
  agentId: AgentId,
  nonce: string,
): Promise<boolean> {
  const row = { agentId, nonce, atMs: directory.clock.now() }
  const added = await directory.db
    .insert(agentRequests)
    .values(row)
    .onConflictDoNothing()
    .returning({ nonce: agentRequests.nonce })
  return added.length > 0
}

/** For the clock: those whose time has passed are refused by it, so nobody needs to know them. */
export const requestsForgotten = (directory: Directory): Write =>
  directory.db
    .delete(agentRequests)
    .where(lte(agentRequests.atMs, directory.clock.now() - 2 * PROOF_GOOD_MS))
