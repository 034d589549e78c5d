import type { Visit } from '../route.ts'

type Words = {
  status: 400 | 401 | 403 | 404 | 409 | 411 | 413 | 422 | 429
  title: string
  detail: string
}

/** Why an agent is refused, as whoever runs it in the school reads it. */
export const agentProblems = {
  'not-signed-in': {
    status: 401,
    title: 'Not signed in',
    detail: 'Send the agent id and login secret as HTTP Basic credentials, and Schoolgate-Proof.',
  },
  'wrong-login': {
    status: 401,
    title: 'Unknown agent, or wrong login secret',
    detail: 'Schoolgate does not know this agent by this login. It may have been enrolled anew.',
  },
  'wrong-api-key': {
    status: 401,
    title: 'Wrong API key',
    detail: 'The login is right, but the request is not proved by the agent’s API key.',
  },
  revoked: {
    status: 401,
    title: 'This agent was revoked',
    detail: 'The school turned this agent away. To use it again, enrol it anew.',
  },
  locked: {
    status: 403,
    title: 'The school’s area is locked',
    detail: 'The contract has ended, so nothing is taken any more. Stop the agent.',
  },
  throttled: {
    status: 429,
    title: 'Too many attempts',
    detail:
      'After ten wrong logins or bodies the next are not looked at. Wait as long as Retry-After says.',
  },
  'no-such-code': {
    status: 401,
    title: 'The code is not valid',
    detail: 'A code works once, and for one hour. Make a new one on the page Agents.',
  },
  'not-a-key': {
    status: 422,
    title: 'Not a public key',
    detail: 'agentPublicKey must be an X25519 public key of 32 bytes, as base64url.',
  },
  'not-understood': {
    status: 400,
    title: 'The request is not understood',
    detail: 'A header or the body is missing, or is not of the form that is described.',
  },
  'unknown-key': {
    status: 409,
    title: 'Sealed to a key that is not Schoolgate’s',
    detail: 'Say hello, take over the key that it names, and seal again.',
  },
  'wrong-time': {
    status: 400,
    title: 'The time is not right',
    detail:
      'It was sealed or proved more than 15 minutes from now. Compare `time`, and do it again.',
  },
  'kind-not-taken': {
    status: 403,
    title: 'Not needed',
    detail: 'No product that the school subscribes to needs data of this kind.',
  },
  replayed: {
    status: 409,
    title: 'Sent before',
    detail:
      'The request came before, or another body under the same encapsulated key. Make it anew.',
  },
  'another-body': {
    status: 422,
    title: 'Not the body that was proved',
    detail: 'The digest in Schoolgate-Proof is of another body. It was changed on the way.',
  },
  'key-too-old': {
    status: 409,
    title: 'The key that the agent has pinned is too old',
    detail:
      'The agent was off for more than a year, so Schoolgate cannot prove itself. Enrol it anew.',
  },
  'not-a-push': {
    status: 422,
    title: 'Not a sealed body',
    detail: 'The body does not have the form that it must have.',
  },
  'does-not-open': {
    status: 422,
    title: 'The body does not open',
    detail:
      'It was sealed by another agent, with another key, for another school or with other headers, or was changed on the way.',
  },
  truncated: {
    status: 422,
    title: 'The body ends too soon',
    detail: 'Part of it is missing. Send it again.',
  },
  'length-required': {
    status: 411,
    title: 'Say how long the body is',
    detail: 'Send Content-Length.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    detail:
      'A body may have 50 MB, and 12 MB once it is open. Send a partial one for each month, or each year group.',
  },
  'no-such-import': {
    status: 404,
    title: 'No such import',
    detail: 'This agent sent no such import.',
  },
  'no-such-agent': {
    status: 409,
    title: 'This agent was revoked meanwhile',
    detail: 'The school turned this agent away. To use it again, enrol it anew.',
  },
  'changed-meanwhile': {
    status: 409,
    title: 'Changed meanwhile',
    detail: 'The agent’s keys were changed at this very moment. Say hello, and try again.',
  },
} as const satisfies Record<string, Words>

export type AgentProblem = keyof typeof agentProblems

/** Answers with a problem document (RFC 9457), with the time for an agent whose clock is wrong. */
export function problem({ c, requestId, directory }: Visit, reason: AgentProblem): Response {
  const { status, title, detail } = agentProblems[reason]
  const time = new Date(directory.clock.now()).toISOString()
  const type = `urn:schoolgate:problem:${reason}`
  const headers = {
    'Content-Type': 'application/problem+json',
    ...(status === 401 && { 'WWW-Authenticate': 'Basic realm="Schoolgate", charset="UTF-8"' }),
    ...(status === 429 && { 'Retry-After': '300' }),
  }
  const body = { type, title, status, detail, instance: requestId, time }
  return c.body(JSON.stringify(body), status, headers)
}
