import * as audit from '#audit'
import { newId, type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { type AgentId, CODE_MS, MAX_AGENT_NAME, MAX_AGENTS } from './agent.ts'
import { hashOfSecret, newCode, readCode } from './code.ts'
import * as store from './store.ts'

/** What somebody chooses for a new agent. */
export type NewAgent = {
  name: string
  /** The hour in London by which the night's data is expected, 0 to 23; null for any. */
  nightlyHour: number | null
}

/** The code is told once, to whoever asked for it. */
export type Enrolment = { id: AgentId; code: string; expiresAtMs: number }

/** Makes a place for a program in the school, and the code by which it takes it. */
export async function openEnrolment(
  directory: Directory,
  school: School,
  { name, nightlyHour }: NewAgent,
): Promise<Enrolment | Refusal<'no-name' | 'too-long' | 'not-an-hour' | 'too-many-agents'>> {
  const problem = nameProblem(name) ?? hourProblem(nightlyHour)
  if (problem) return problem
  const { agents } = await store.countOf(directory, school.id)
  if (agents >= MAX_AGENTS) return refuse('too-many-agents')

  const nowMs = directory.clock.now()
  const id = newId('agent', nowMs)
  const { code, codeHash, expiresAtMs } = await freshCode(nowMs)
  const row = { id, codeHash, codeExpiresAtMs: expiresAtMs, nightlyHour, name: name.trim() }
  const added = await store.added(directory, school, row)
  await school.commit(audit.entry(school, 'agent.invited', id))
  await directory.write([added])
  return { id, code, expiresAtMs }
}

export async function freshCode(nowMs: number) {
  const code = newCode()
  const codeHash = await hashOfSecret(readCode(code) ?? code)
  return { code, codeHash, expiresAtMs: nowMs + CODE_MS }
}

function nameProblem(name: string): Refusal<'no-name' | 'too-long'> | undefined {
  const { length } = name.trim()
  if (length === 0) return refuse('no-name', 'name')
  return length > MAX_AGENT_NAME ? refuse('too-long', 'name') : undefined
}

export const hourProblem = (hour: number | null): Refusal<'not-an-hour'> | undefined =>
  hour === null || (Number.isInteger(hour) && hour >= 0 && hour <= 23)
    ? undefined
    : refuse('not-an-hour', 'nightlyHour')
