import * as mis from '#mis'
import type { AgentVisit } from '../route.ts'
import { lengthOf } from './limit.ts'

export type Announced = { address: mis.PushAddress; apiKeyId: string; length: number }

/** What the headers say of the body; undefined where one is missing or makes no sense. */
export function announcedBy(visit: AgentVisit, kinds: readonly string[]): Announced | undefined {
  const { c, agent, organisation } = visit
  const { key, apiKey, time, kind, scope } = mis.pushHeaders
  const [said, takenAt] = [c.req.header(kind) ?? '', c.req.header(time) ?? '']
  const reach = mis.PUSH_SCOPES.find((one) => one === c.req.header(scope))
  const length = lengthOf(c)
  if (!kinds.includes(said) || !/^\d{10,15}$/.test(takenAt) || !reach || !length) return undefined
  const address = {
    organisation: organisation.id,
    agent: agent.id,
    key: c.req.header(key) ?? '',
    takenAtMs: Number(takenAt),
    kind: said as mis.PushKind | 'keys',
    scope: reach,
  }
  return { address, apiKeyId: c.req.header(apiKey) ?? '', length }
}
