import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keyFingerprint, newKeyPair, secretId } from '#vault'
import {
  enrolledInfoOf,
  enrolmentInfoOf,
  enrolmentRequestSchema,
  enrolmentSchema,
  newKeySchema,
  openJson,
  sealJson,
} from '../../workers/mis/push/answers.ts'
import { openBody } from '../../workers/mis/push/open.ts'
import { readPush } from '../../workers/mis/push/read-push.ts'
import {
  MAX_CLOCK_DIFFERENCE_MS,
  type PushAddress,
  pushHeaders,
  type PushKind,
  type PushScope,
} from '../../workers/mis/push/wire.ts'
import { allowEverything } from './allow-list.ts'
import { hello, identity, provenBy, sealed } from './pretend-hello.ts'
import {
  AGENT,
  bytes,
  current,
  type Inside,
  json,
  LOGIN,
  ORGANISATION,
  type Pretend,
  problem,
  type Proven,
  text,
} from './pretend-state.ts'

export type { Pretend } from './pretend-state.ts'

/** A Schoolgate of one school on loopback, which opens what it is sent with the product's own code. */
export async function pretendSchoolgate(): Promise<Pretend> {
  const apiKey = text(randomBytes(32))
  const inside = {
    code: 'HOLLY-4711-OTTER',
    allowList: allowEverything,
    aheadMs: 0,
    instead: undefined,
    pushed: [],
    posts: 0,
    writeBacks: [],
    acknowledged: [],
    keys: { apiKey, nextApiKey: null, wantsNewAgentKey: false },
    agentPublicKeys: [],
    isImpostor: false,
    isMute: false,
    serverKeys: [{ id: 'key_1', pair: await newKeyPair() }],
    imports: new Map(),
    nonces: new Set(),
    apiKeysEver: [apiKey],
  } as unknown as Inside
  const server = createServer((request, response) => {
    void answer(inside, request, response).catch(() => problem(response, 500, 'broken'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  inside.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  inside.fingerprint = () => keyFingerprint(current(inside).pair.publicKey)
  inside.turnServerKey = async () => {
    inside.serverKeys.unshift({
      id: `key_${inside.serverKeys.length + 1}`,
      pair: await newKeyPair(),
    })
  }
  inside.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return inside
}

async function answer(inside: Inside, request: IncomingMessage, response: ServerResponse) {
  const path = `${request.method} ${request.url}`
  if (inside.instead?.(path, request, response)) return undefined
  if (path === 'POST /mis/v1/enrolments') return enrolled(inside, request, response)
  if (path === 'GET /mis/v1/hello' && !request.headers.authorization) {
    return json(response, 200, await identity(inside))
  }
  const login = Buffer.from(`${AGENT}:${LOGIN}`).toString('base64')
  if (request.headers.authorization !== `Basic ${login}`)
    return problem(response, 401, 'wrong-login')
  const proven = await provenBy(inside, request)
  if (typeof proven === 'string') return problem(response, 401, proven)
  return toProven(inside, request, response, proven)
}

/** What an agent that has proved itself is answered. */
async function toProven(
  inside: Inside,
  request: IncomingMessage,
  response: ServerResponse,
  proven: Proven,
) {
  const say = (value: unknown) => sealed(inside, response, proven, value)
  const path = `${request.method} ${request.url}`
  if (path === 'GET /mis/v1/hello') return hello(inside, response, proven)
  if (path === 'POST /mis/v1/imports') return imported(inside, request, response, proven)
  if (/^GET .mis.v1.imports.imp_\d+$/.test(path)) {
    return say({ state: 'held', because: 'removes-many-pupils', counts: null })
  }
  if (path === 'POST /mis/v1/keys') return newKey(inside, request, response, proven)
  if (path === 'GET /mis/v1/write-backs') {
    const { writeBacks } = inside
    return say({ writeBacks: writeBacks.slice(0, 2), more: writeBacks.length > 2 })
  }
  if (path === 'POST /mis/v1/write-backs/acknowledgement')
    return say(await acknowledged(inside, request))
  return problem(response, 404, 'not-found')
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function enrolled(inside: Inside, request: IncomingMessage, response: ServerResponse) {
  const asked = enrolmentRequestSchema.parse(JSON.parse(String(await bodyOf(request))))
  const ours = current(inside).pair.privateKey
  const theirs = bytes(asked.agentPublicKey)
  const opening = { info: enrolmentInfoOf(asked), from: theirs, to: ours }
  const { code } = enrolmentSchema.parse(await openJson(opening, asked.sealed))
  if (code !== inside.code) return problem(response, 403, 'no-such-code')
  inside.agentPublicKeys = [asked.agentPublicKey]
  const given = {
    agentId: AGENT,
    loginSecret: LOGIN,
    apiKey: inside.keys.apiKey,
    organisation: ORGANISATION,
  }
  const from = inside.isImpostor ? (await newKeyPair()).privateKey : ours
  const channel = { info: enrolledInfoOf(asked), from, to: theirs }
  return json(response, 201, { sealed: await sealJson(channel, given) })
}

/** Opens a body as the product does; undefined where it was answered already. */
async function openedBy(inside: Inside, request: IncomingMessage, body: Buffer) {
  const said = (name: string) => String(request.headers[name.toLowerCase()])
  const address: PushAddress = {
    organisation: ORGANISATION.id,
    agent: AGENT,
    key: said(pushHeaders.key),
    takenAtMs: Number(said(pushHeaders.time)),
    kind: said(pushHeaders.kind) as PushKind,
    scope: said(pushHeaders.scope) as PushScope,
  }
  const serverKey = inside.serverKeys.find(({ id }) => id === address.key)
  if (!serverKey) throw new Error('sealed to a key that nobody has')
  const apiKey = await sealedUnder(inside, said(pushHeaders.apiKey))
  const opening = {
    address,
    serverPrivateKey: serverKey.pair.privateKey,
    agentPublicKeys: inside.agentPublicKeys.map(bytes),
    apiKey: bytes(apiKey),
  }
  async function* once() {
    yield body
  }
  return { address, plain: openBody(opening, once()) }
}

/** A body says by which API key it was sealed: perhaps the one before. */
async function sealedUnder({ apiKeysEver }: Inside, id: string): Promise<string> {
  for (const apiKey of apiKeysEver) if ((await secretId(bytes(apiKey))) === id) return apiKey
  throw new Error('sealed under an API key that nobody has')
}

async function imported(
  inside: Inside,
  request: IncomingMessage,
  response: ServerResponse,
  proven: Proven,
) {
  inside.posts++
  const body = await bodyOf(request)
  const enc = body.subarray(4, 36).toString('hex')
  const known = inside.imports.get(enc)
  if (known) return sealed(inside, response, proven, { importId: known }, 202)
  const { address, plain } = await openedBy(inside, request, body)
  const offMs = Math.abs(Date.now() + inside.aheadMs - address.takenAtMs)
  if (offMs > MAX_CLOCK_DIFFERENCE_MS) return problem(response, 403, 'wrong-time')
  const { kind, scope } = address
  if (kind === 'keys') return problem(response, 400, 'not-a-push')
  inside.pushed.push(await readPush(plain, { kind, scope }, allowEverything.fields))
  const importId = `imp_${inside.pushed.length}`
  inside.imports.set(enc, importId)
  if (inside.isMute) return undefined
  return sealed(inside, response, proven, { importId }, 202)
}

async function newKey(
  inside: Inside,
  request: IncomingMessage,
  response: ServerResponse,
  proven: Proven,
) {
  const { plain } = await openedBy(inside, request, await bodyOf(request))
  const parts: Uint8Array[] = []
  for await (const part of plain) parts.push(part)
  const { agentPublicKey } = newKeySchema.parse(JSON.parse(String(Buffer.concat(parts))))
  inside.agentPublicKeys = [agentPublicKey, ...inside.agentPublicKeys].slice(0, 2)
  inside.keys.wantsNewAgentKey = false
  if (inside.isMute) return undefined
  return sealed(inside, response, proven, { agentPublicKey })
}

async function acknowledged(inside: Inside, request: IncomingMessage) {
  const { outcomes } = JSON.parse(String(await bodyOf(request))) as { outcomes: { id: string }[] }
  const ids = outcomes.map(({ id }) => id)
  inside.acknowledged.push(...ids)
  inside.writeBacks = inside.writeBacks.filter(({ id }) => !ids.includes(id))
  return { acknowledged: ids.length, unknown: [] }
}
