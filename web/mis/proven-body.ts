import * as agents from '#agents'
import type { AgentVisit } from '../route.ts'

/** The body of a request, which must be the one that its agent proved; undefined for any other. */
export async function provenBody({
  c,
  asked,
}: AgentVisit): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const body = new Uint8Array(await c.req.arrayBuffer())
  return (await agents.bodyDigest(body)) === asked.digest ? body : undefined
}
