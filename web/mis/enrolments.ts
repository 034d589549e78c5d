import * as access from '#access'
import * as agents from '#agents'
import { isRefusal, log, toBase64url } from '#kernel'
import * as mis from '#mis'
import * as schools from '#schools'
import { callerOf } from '../caller.ts'
import { unknownAgentRoute, type Visit } from '../route.ts'
import { seenAs, versionIn } from './agent-at.ts'
import { jsonOf } from './json-of.ts'
import { problem } from './problem.ts'

const MAX_BYTES = 4_000

/** A program in a school brings its code and its public key, and gets its login and API key, once. */
export const misEnrolments = unknownAgentRoute('/mis/v1/enrolments', 'code', {
  maxBodyBytes: MAX_BYTES,
  post: async (visit) => {
    const { directory, c } = visit
    const read = mis.enrolmentRequestSchema.safeParse(await jsonOf(visit))
    // Without a code it is nobody; what else is wrong is said to whoever has one.
    if (!read.success)
      return problem(visit, isAboutCode(read.error) ? 'no-such-code' : 'not-understood')
    const network = access.networkOf(callerOf(visit).address)
    const guess = await access.counted(directory, [['agent-code-network', network]])
    if (!guess) return problem(visit, 'throttled')

    const bringing = { ...read.data, version: versionIn(read.data.version) }
    const enrolled = await agents.enrol(directory, bringing, (school) => seenAs(visit, school))
    if (isRefusal(enrolled)) {
      log('enrolment.refused', { request: visit.requestId, because: enrolled.refused })
      return problem(visit, enrolled.refused)
    }
    await directory.write([access.takenBack(guess)])
    return c.json(await answerOf(visit, enrolled), 201)
  },
})

async function answerOf({ directory }: Visit, given: agents.Credentials): Promise<mis.Enrolled> {
  const { agentId, loginSecret, apiKey, school, serverKey } = given
  const organisation = await schools.find(directory, school.id)
  return {
    agentId,
    loginSecret,
    apiKey,
    organisation: { id: school.id, name: organisation?.name ?? '' },
    keyId: serverKey.id,
    publicKey: toBase64url(serverKey.publicKey),
  }
}

const isAboutCode = ({ issues }: { issues: { path: PropertyKey[] }[] }): boolean =>
  issues.some(({ path }) => path.length === 0 || path[0] === 'code')
