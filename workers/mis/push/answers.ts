import { z } from 'zod'
import { isProof, startOpening } from '#vault'
import { PUSH_KINDS } from './wire.ts'

/** What the endpoints of `/mis/v1` answer, for the agent to check. Keys are base64url. */
const key = z.base64url().length(43)

/** Field names of the records, as in payload.ts. What is not on the list does not leave the school. */
export const allowListSchema = z.object({
  kinds: z.array(z.enum(PUSH_KINDS)),
  fields: z.object({
    pupil: z.array(z.string()),
    contact: z.array(z.string()),
    staff: z.array(z.string()),
    mark: z.array(z.string()),
    conduct: z.array(z.string()),
    consent: z.array(z.string()),
  }),
})
export type AllowList = z.infer<typeof allowListSchema>

/** To anybody: who the server is. Nothing in it is to be believed until `fingerprint` was compared. */
export const identitySchema = z.object({
  keyId: z.string(),
  publicKey: key,
  fingerprint: z.string(),
  /** ISO, UTC. */
  time: z.iso.datetime(),
})

/** To an agent that signed in. `statement` is the text of a `Statement`; `proof` see `isStatementProven`. */
export const helloSchema = identitySchema.extend({
  statement: z.string(),
  proof: z.base64url(),
  /** The id of the API key that made the proof: while keys change it may be the one before. */
  apiKeyId: z.string(),
})

export const statementSchema = z.object({
  nonce: z.string(),
  /** Milliseconds since 1970 in UTC. */
  timeMs: z.int(),
  organisation: z.object({ id: z.string(), name: z.string() }),
  /** Schoolgate's key from now on: pin this one. The one before opens for 30 days more. */
  keyId: z.string(),
  publicKey: key,
  allowList: allowListSchema,
  /** A new API key, sealed to the agent (`openAnswer`): keep it, and use it from the next request on. */
  newApiKey: z.string().nullable(),
  /** Schoolgate asks for a new public key of the agent: make a pair, and post it to `/mis/v1/keys`. */
  wantsNewAgentKey: z.boolean(),
})
export type Statement = z.infer<typeof statementSchema>

/** `POST /mis/v1/enrolments`, with the code that a person was shown. The code works once, for one hour. */
export const enrolmentRequestSchema = z.object({
  code: z.string().min(1).max(100),
  agentPublicKey: key,
  version: z.string().max(40),
})

export const enrolledSchema = z.object({
  agentId: z.string(),
  loginSecret: z.string(),
  apiKey: key,
  organisation: z.object({ id: z.string(), name: z.string() }),
  keyId: z.string(),
  publicKey: key,
})
export type Enrolled = z.infer<typeof enrolledSchema>

/** The plain text of `POST /mis/v1/keys`, a body sealed as a push of the kind `keys`, scope `full`. */
export const newKeySchema = z.object({ agentPublicKey: key })

/** `POST /mis/v1/imports` → 202, and again for the same body. */
export const receivedSchema = z.object({ importId: z.string() })

export const HELLO_PURPOSE = 'schoolgate-hello/1'
export const ANSWER_PURPOSE = 'new-api-key'

/** Whether Schoolgate said so: nobody else holds this API key but the agent itself. */
export const isStatementProven = (
  apiKey: Uint8Array,
  { statement, proof }: { statement: string; proof: string },
): Promise<boolean> => isProof(apiKey, HELLO_PURPOSE, statement, Buffer.from(proof, 'base64url'))

export const answerInfoOf = (organisation: string, agent: string, keyId: string): string =>
  ['schoolgate-answer/1', organisation, agent, keyId].join('\n')

export type AnswerOpening = {
  organisation: string
  agent: string
  /** The id and public part of Schoolgate's key, as the proven statement has them. */
  keyId: string
  serverPublicKey: Uint8Array
  agentPrivateKey: Uint8Array
  apiKey: Uint8Array
}

/** The new API key out of a statement: sealed by Schoolgate's own key, under the key that goes. Throws. */
export async function openAnswer(
  { organisation, agent, keyId, serverPublicKey, agentPrivateKey, apiKey }: AnswerOpening,
  sealed: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const [enc = '', body = ''] = sealed.split('.')
  const context = await startOpening({
    info: answerInfoOf(organisation, agent, keyId),
    enc: Buffer.from(enc, 'base64url'),
    from: serverPublicKey,
    to: agentPrivateKey,
    shared: { id: agent, key: apiKey },
  })
  return context.open(Buffer.from(body, 'base64url'), ANSWER_PURPOSE)
}
