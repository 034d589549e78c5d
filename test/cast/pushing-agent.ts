import * as agents from '#agents'
import { fromBase64url, type ImportId, invariant, isRefusal, toBase64url } from '#kernel'
import * as mis from '#mis'
import { type Directory, type School, system } from '#shards'
import { type KeyPair, newKeyPair, secretId } from '#vault'
import { type PayloadOpening, type PayloadRecord, writePayload } from '#workers/mis/push/payload.ts'
import { type PushAddress, sealBody } from '#workers/mis/push/wire.ts'
import { found } from './office.ts'

/** What an agent sends; told of the opening is only what differs from a partial list of a CSV. */
export type Sending = {
  kind?: mis.PushKind
  scope?: 'full' | 'partial'
  records: Iterable<PayloadRecord>
  opening?: Partial<PayloadOpening>
  /** What another program would have put inside instead. */
  inside?: (plain: Uint8Array) => Uint8Array
}

/** A school's agent with its keys, beside the real server in one process. */
export type PushingAgent = {
  id: agents.AgentId
  /** Sealed as the agent seals, and taken in: it waits to be opened. */
  post: (sending: Sending) => Promise<ImportId>
  /** What the job on the queue does. */
  open: (id: ImportId, files?: R2Bucket) => Promise<mis.Import>
  /** Both. */
  push: (sending: Sending) => Promise<mis.Import>
}

/** Enrols an agent as a school does. */
export async function enrolAgent(
  directory: Directory,
  school: School,
  files: R2Bucket,
): Promise<PushingAgent> {
  const opened = await agents.openEnrolment(directory, school, {
    name: 'Office',
    nightlyHour: null,
  })
  invariant(!isRefusal(opened), 'the office may have an agent')
  const keys = await newKeyPair()
  const agentPublicKey = toBase64url(keys.publicKey)
  const bringing = { code: opened.code, agentPublicKey, version: '1.0.0' }
  const enrolled = await agents.enrol(directory, bringing, (area) => Promise.resolve(area))
  invariant(!isRefusal(enrolled), 'a fresh code lets an agent in')

  const area = school.as(system('agent'))
  const post = (sending: Sending) => posted(directory, area, files, { ...enrolled, keys }, sending)
  const open = async (id: ImportId, bucket = files) => {
    await mis.receivePush(directory, area, bucket, id)
    return found(area, id)
  }
  return { id: enrolled.agentId, post, open, push: async (sending) => open(await post(sending)) }
}

async function posted(
  directory: Directory,
  school: School,
  files: R2Bucket,
  { agentId, apiKey, serverKey, keys }: agents.Credentials & { keys: KeyPair },
  { kind = 'roster', scope = 'partial', records, opening, inside }: Sending,
): Promise<ImportId> {
  const takenAtMs = directory.clock.now()
  const head: PayloadOpening = {
    format: 'schoolgate-import',
    version: 1,
    kind,
    scope,
    source: 'csv',
    school: null,
    takenAt: new Date(takenAtMs).toISOString(),
    feed: 'nightly',
    dropped: [],
    ...opening,
  }
  const address: PushAddress = {
    organisation: school.id,
    agent: agentId,
    key: serverKey.id,
    takenAtMs,
    kind,
    scope,
  }
  const secret = fromBase64url(apiKey)
  const sealing = {
    address,
    agentPrivateKey: keys.privateKey,
    serverPublicKey: serverKey.publicKey,
    apiKey: secret,
  }
  const pieces: Uint8Array[] = []
  const agreed = writePayload(head, records)
  const plain = inside ? [inside(new Uint8Array(Buffer.concat([...agreed])))] : agreed
  for await (const piece of sealBody(sealing, plain)) pieces.push(piece)
  const body = new Blob(pieces as Uint8Array<ArrayBuffer>[])
  const taken = await mis.takeIn(directory, school, files, {
    address,
    apiKeyId: await secretId(secret),
    length: body.size,
    body: body.stream(),
  })
  invariant(!isRefusal(taken), 'a body of the school’s agent is taken in')
  return taken.importId
}
