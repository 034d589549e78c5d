import * as access from '#access'
import * as agents from '#agents'
import { pushHeaders } from '#mis'
import { log } from '#kernel'
import * as schools from '#schools'
import { type School, system } from '#shards'
import { callerOf } from '../caller.ts'
import type { AgentVisit, Visit } from '../route.ts'
import { problem } from './problem.ts'

/**
 * The agent that a request comes from, by its login and its proof under its API key; or the refusal, which the
 * trail of its school has too. Who is right is let in first and counts against nobody: whoever guesses behind the
 * same address, or in an agent's name, keeps no school's agent out. Login and API key are 256 random bits each and
 * cost one hash to check, so that what is counted bounds the noise, not the chance.
 */
export async function agentAt(visit: Visit): Promise<AgentVisit | Response> {
  const claim = claimIn(visit)
  if (!claim) return problem(visit, 'not-signed-in')
  const admitted = await agents.admit(visit.directory, claim)
  if (!admitted.ok) return turnedAway(visit, claim, admitted)
  const { agent, apiKey, school, asked } = admitted
  const organisation = await schools.find(visit.directory, school.id)
  if (!organisation || !schools.isOpen(organisation)) {
    await noteRefused(visit, school, agent.id, 'locked')
    return problem(visit, 'locked')
  }
  return { ...visit, agent, apiKey, asked, organisation, school: await seenAs(visit, school) }
}

/** The school with the agent acting, from where it does. */
export async function seenAs(visit: Visit, school: School): Promise<School> {
  return school.as(system('agent', await access.fromWhere(school, callerOf(visit))))
}

export async function noteRefused(
  visit: Visit,
  school: School,
  agentId: string,
  because: string,
): Promise<void> {
  await agents.noteRefused(visit.directory, await seenAs(visit, school), agentId, because)
}

/** Noted in a trail only for an agent that there is: nobody else's name is believed. */
async function turnedAway(
  visit: Visit,
  { agentId }: agents.Claim,
  { because, school }: Extract<agents.Admitted, { ok: false }>,
): Promise<Response> {
  const isGuess = because === 'wrong-login' || because === 'wrong-api-key'
  const said = isGuess && !(await guessed(visit, agentId)) ? 'throttled' : because
  if (school) await noteRefused(visit, school, agentId, said)
  else log('agent.refused', { request: visit.requestId, because: said })
  return problem(visit, said)
}

/** Counts a wrong one. After ten in five minutes, of one agent or one network, they are told to wait. */
const guessed = (visit: Visit, agentId: string): Promise<access.Guess | undefined> =>
  access.counted(visit.directory, [
    ['agent', agentId],
    ['agent-network', access.networkOf(callerOf(visit).address)],
  ])

const LONGEST = 200

function claimIn({ c }: Visit): agents.Claim | undefined {
  const [scheme = '', given = ''] = (c.req.header('Authorization') ?? '').split(' ')
  if (scheme.toLowerCase() !== 'basic' || given.length > LONGEST) return undefined
  const text = Buffer.from(given, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) return undefined
  const proof = agents.readProof(c.req.header(agents.PROOF_HEADER))
  if (!proof) return undefined
  const { pathname, search } = new URL(c.req.url)
  return {
    agentId: text.slice(0, colon),
    loginSecret: text.slice(colon + 1),
    asked: { method: c.req.method, path: `${pathname}${search}` },
    proof,
    version: versionIn(c.req.header(pushHeaders.version)),
  }
}

/** As programs number themselves; what is no version is not kept. */
export const versionIn = (text: string | undefined): string =>
  text && /^[\w.+-]{1,40}$/.test(text) ? text : 'unknown'
