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
 * The agent that a request comes from, by its login and the name of its API key; or the refusal, which the
 * trail of its school has too. Ten wrong ones in five minutes, of one agent or one network, and nothing is
 * looked at for a while.
 */
export async function agentAt(visit: Visit): Promise<AgentVisit | Response> {
  const claim = claimIn(visit)
  if (!claim) return problem(visit, 'not-signed-in')
  const guess = await countedAgainst(visit, claim.agentId)
  const admitted = guess ? await agents.admit(visit.directory, claim) : undefined
  if (!guess || !admitted) return throttled(visit, claim)
  if (!admitted.ok) {
    if (admitted.school) await noteRefused(visit, admitted.school, claim.agentId, admitted.because)
    else log('agent.refused', { request: visit.requestId, because: admitted.because })
    return problem(visit, admitted.because)
  }
  await visit.directory.write([access.takenBack(guess)])
  const { agent, apiKey, school } = admitted
  const organisation = await schools.find(visit.directory, school.id)
  if (!organisation || !schools.isOpen(organisation)) {
    await noteRefused(visit, school, agent.id, 'locked')
    return problem(visit, 'locked')
  }
  return { ...visit, agent, apiKey, organisation, school: await seenAs(visit, school) }
}

/** Counts an attempt as wrong until it is taken back; undefined where there were too many. */
export const countedAgainst = (visit: Visit, agentId: string): Promise<access.Guess | undefined> =>
  access.counted(visit.directory, [
    ['agent', agentId],
    ['agent-network', access.networkOf(callerOf(visit).address)],
  ])

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
async function throttled(visit: Visit, { agentId }: agents.Claim): Promise<Response> {
  const school = await agents.schoolOf(visit.directory, agentId)
  if (school) await noteRefused(visit, school, agentId, 'throttled')
  return problem(visit, 'throttled')
}

const LONGEST = 200

function claimIn({ c }: Visit): agents.Claim | undefined {
  const [scheme = '', given = ''] = (c.req.header('Authorization') ?? '').split(' ')
  if (scheme.toLowerCase() !== 'basic' || given.length > LONGEST) return undefined
  const text = Buffer.from(given, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) return undefined
  return {
    agentId: text.slice(0, colon),
    loginSecret: text.slice(colon + 1),
    apiKeyId: c.req.header(pushHeaders.apiKey) ?? '',
    version: versionIn(c.req.header(pushHeaders.version)),
  }
}

/** As programs number themselves; what is no version is not kept. */
export const versionIn = (text: string | undefined): string =>
  text && /^[\w.+-]{1,40}$/.test(text) ? text : 'unknown'
