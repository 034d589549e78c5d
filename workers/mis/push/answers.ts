import { z } from 'zod'
import { openAlone, sealAlone, type SharedSecret } from '#vault'
import { PUSH_KINDS } from './wire.ts'

/** What the endpoints of `/mis/v1` are asked and answer. Keys are base64url. */
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

/** The form of every answer to an agent, and of what is said at enrolment: a text of JSON, sealed (`sealJson`). */
export const sealedSchema = z.object({ sealed: z.string().regex(/^[\w-]{43}\.[\w-]{22,}$/) })
export type Sealed = z.infer<typeof sealedSchema>

/** `GET /mis/v1/hello` of an agent that signed in. */
export const statementSchema = z.object({
  /** Milliseconds since 1970 in UTC. */
  timeMs: z.int(),
  /** Schoolgate's key from now on: pin this one. That it is sealed from the one before proves it. */
  keyId: z.string(),
  publicKey: key,
  allowList: allowListSchema,
  /** A new API key: keep it, and use it from the next request on. */
  newApiKey: key.nullable(),
  /** Schoolgate asks for a new public key of the agent: make a pair, and post it to `/mis/v1/keys`. */
  wantsNewAgentKey: z.boolean(),
})
export type Statement = z.infer<typeof statementSchema>

/**
 * `POST /mis/v1/enrolments`. `sealed` holds an `Enrolment`, from the key that the program has just made to
 * Schoolgate's, whose fingerprint a person has compared: nobody on the way sees the code or puts in another key.
 */
export const enrolmentRequestSchema = z.object({
  keyId: z.string().max(60),
  agentPublicKey: key,
  ...sealedSchema.shape,
})
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>

/** `code` is what a person was shown. It works once, for one hour. */
export const enrolmentSchema = z.object({
  code: z.string().min(1).max(100),
  version: z.string().max(40),
})
export type Enrolment = z.infer<typeof enrolmentSchema>

/** The answer, sealed back: the only time that these travel. */
export const enrolledSchema = z.object({
  agentId: z.string(),
  loginSecret: z.string(),
  apiKey: key,
  organisation: z.object({ id: z.string(), name: z.string() }),
})
export type Enrolled = z.infer<typeof enrolledSchema>

/** The plain text of `POST /mis/v1/keys`, a body sealed as a push of the kind `keys`, scope `full`. */
export const newKeySchema = z.object({ agentPublicKey: key })
/** Answered once the key is taken. */
export const keyTakenSchema = z.object({ agentPublicKey: key })

/** `POST /mis/v1/imports` → 202, and again for the same body. */
export const receivedSchema = z.object({ importId: z.string() })

/** What an answer is bound to: of whom, from which key, and to which request (by its random text). */
export type AnswerAddress = {
  organisation: string
  agent: string
  keyId: string
  method: string
  path: string
  nonce: string
}

export const answerInfoOf = (address: AnswerAddress): string => {
  const { organisation, agent, keyId, method, path, nonce } = address
  return ['schoolgate-answer/2', organisation, agent, keyId, method, path, nonce].join('\n')
}

export const enrolmentInfoOf = ({
  keyId,
  agentPublicKey,
}: Omit<EnrolmentRequest, 'sealed'>): string =>
  ['schoolgate-enrolment/2', keyId, agentPublicKey].join('\n')

/** To this request only. */
export const enrolledInfoOf = ({ keyId, agentPublicKey, sealed }: EnrolmentRequest): string =>
  ['schoolgate-enrolled/2', keyId, agentPublicKey, sealed].join('\n')

/** `from` is the sender's key and `to` the recipient's: the private one of whoever seals or opens. */
export type Channel = {
  info: string
  from: Uint8Array
  to: Uint8Array
  /** The API key; undefined at enrolment, when there is none yet. */
  shared?: SharedSecret | undefined
}

export const sealJson = (channel: Channel, value: unknown): Promise<string> =>
  sealAlone(channel, new TextEncoder().encode(JSON.stringify(value)))

/** What was sealed; undefined where it was by another, for another, to another request, or was changed. */
export async function openJson(channel: Channel, sealed: string): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await openAlone(channel, sealed))) as unknown
  } catch {
    return undefined
  }
}
