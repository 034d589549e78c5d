/**
 * Agents are the programs in schools that push their data: this owns who they are, the keys of both sides,
 * and what they posted. It promises that a program comes in by a code of one hour that works once, that a
 * secret of one is kept sealed or hashed, that keys change on both sides without a visit, and that a body
 * is taken once. It never opens a body: that is the import's.
 */
export {
  type Admitted,
  admit,
  type AgentRefusal,
  type Claim,
  noteRefused,
  type ProvenRequest,
} from './admit.ts'
export {
  type Agent,
  type AgentId,
  type AgentKeys,
  CODE_MS,
  isLate,
  MAX_AGENT_NAME,
  SILENT_HOURS,
} from './agent.ts'
export { changeKeys, takeNewKey } from './change-keys.ts'
export { endPush, noteNight } from './end-push.ts'
export { type Bringing, type Credentials, enrol } from './enrol.ts'
export { expectBy } from './expect-by.ts'
export { agentKeysHolding, agentRequestsHolding, agentsHolding, pushesHolding } from './holdings.ts'
export { type Enrolment, type NewAgent, openEnrolment } from './open-enrolment.ts'
export { isStale, MAX_ATTEMPTS, type Push, type PushState } from './push.ts'
export {
  beginPush,
  findPush,
  findPushOf,
  latestPushes,
  oldPushes,
  pushForgotten,
  pushReceived,
  pushTried,
  waitingBefore,
  waitingPushes,
} from './push-store.ts'
export { bodyDigest, PROOF_HEADER, readProof } from './request-proof.ts'
export { reopenEnrolment } from './reopen-enrolment.ts'
export { requestsForgotten } from './request-store.ts'
export { revoke } from './revoke.ts'
export {
  currentKey,
  keepKeys,
  privateKeyOf,
  provingKeyOf,
  type ServerKey,
  turnKey,
} from './server-key.ts'
export { changed as agentChanged, countOf, find, list, told, toTell } from './store.ts'
