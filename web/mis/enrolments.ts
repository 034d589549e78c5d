import * as access from '#access'
import * as agents from '#agents'
import { fromBase64url, isRefusal, log } from '#kernel'
import * as mis from '#mis'
import * as schools from '#schools'
import { callerOf } from '../caller.ts'
import { unknownAgentRoute, type Visit } from '../route.ts'
import { seenAs, versionIn } from './agent-at.ts'
import { jsonIn } from './json-in.ts'
import { type AgentProblem, problem } from './problem.ts'

const MAX_BYTES = 4_000

/**
 * A program in a school brings its code and its public key, and gets its login and API key, once. Both travel
 * sealed, between its key and the one of ours that a person has compared.
 */
export const misEnrolments = unknownAgentRoute('/mis/v1/enrolments', 'code', {
  maxBodyBytes: MAX_BYTES,
  post: async (visit) => {
    const { directory, c } = visit
    const body = new Uint8Array(await c.req.arrayBuffer())
    const read = mis.enrolmentRequestSchema.safeParse(jsonIn(body))
    if (!read.success) return problem(visit, 'no-such-code')
    const network = access.networkOf(callerOf(visit).address)
    const guess = await access.counted(directory, [['agent-code-network', network]])
    if (!guess) return problem(visit, 'throttled')

    const enrolled = await enrolledBy(visit, read.data)
    if (typeof enrolled === 'string') {
      log('enrolment.refused', { request: visit.requestId, because: enrolled })
      return problem(visit, enrolled)
    }
    await directory.write([access.takenBack(guess)])
    return c.json({ sealed: enrolled.sealed } satisfies mis.Sealed, 201)
  },
})

/** The sealed answer. Without a good code inside what is sealed, whoever sent it is nobody. */
async function enrolledBy(
  visit: Visit,
  request: mis.EnrolmentRequest,
): Promise<mis.Sealed | AgentProblem> {
  const { directory } = visit
  const { keyId, agentPublicKey } = request
  const ours = await agents.privateKeyOf(directory, keyId)
  if (!ours) return 'unknown-key'
  const theirs = fromBase64url(agentPublicKey)
  const opening = { info: mis.enrolmentInfoOf(request), from: theirs, to: ours }
  const opened = await mis.openJson(opening, request.sealed)
  if (opened === undefined) return 'does-not-open'
  const read = mis.enrolmentSchema.safeParse(opened)
  if (!read.success) return 'no-such-code'

  const { code, version } = read.data
  const bringing = { code, agentPublicKey, version: versionIn(version) }
  const enrolled = await agents.enrol(directory, bringing, (school) => seenAs(visit, school))
  if (isRefusal(enrolled)) return enrolled.refused
  const sealing = { info: mis.enrolledInfoOf(request), from: ours, to: theirs }
  return { sealed: await mis.sealJson(sealing, await answerOf(visit, enrolled)) }
}

async function answerOf({ directory }: Visit, given: agents.Credentials): Promise<mis.Enrolled> {
  const { agentId, loginSecret, apiKey, school } = given
  const organisation = await schools.find(directory, school.id)
  return {
    agentId,
    loginSecret,
    apiKey,
    organisation: { id: school.id, name: organisation?.name ?? '' },
  }
}
