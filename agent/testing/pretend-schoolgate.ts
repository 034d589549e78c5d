import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keyFingerprint, newKeyPair } from '#vault'
import { newKeySchema } from '../../workers/mis/push/answers.ts'
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
import { hello, identity, namedKey } from './pretend-hello.ts'
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
  const apiKey = await namedKey(inside, request)
  if (!apiKey) return problem(response, 401, 'wrong-api-key')
  if (path === 'GET /mis/v1/hello') return hello(inside, request, response, apiKey)
  if (path === 'POST /mis/v1/imports') return imported(inside, request, response, apiKey)
  if (/^GET .mis.v1.imports.imp_\d+$/.test(path)) {
    return json(response, 200, { state: 'held', because: 'removes-many-pupils', counts: null })
  }
  if (path === 'POST /mis/v1/keys') return newKey(inside, request, response, apiKey)
  if (path === 'GET /mis/v1/write-backs') {
    return json(response, 200, {
      writeBacks: inside.writeBacks.slice(0, 2),
      more: inside.writeBacks.length > 2,
    })
  }
  if (path === 'POST /mis/v1/write-backs/acknowledgement')
    return acknowledged(inside, request, response)
  return problem(response, 404, 'not-found')
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function enrolled(inside: Inside, request: IncomingMessage, response: ServerResponse) {
  const { code, agentPublicKey } = JSON.parse(String(await bodyOf(request))) as Record<
    string,
    string
  >
  if (code !== inside.code || !agentPublicKey) return problem(response, 403, 'no-such-code')
  inside.agentPublicKeys = [agentPublicKey]
  const { keyId, publicKey } = await identity(inside)
  const { apiKey } = inside.keys
  return json(response, 201, {
    agentId: AGENT,
    loginSecret: LOGIN,
    apiKey,
    organisation: ORGANISATION,
    keyId,
    publicKey,
  })
}

/** Opens a body as the product does; undefined where it was answered already. */
function openedBy(inside: Inside, request: IncomingMessage, body: Buffer, apiKey: string) {
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

async function imported(
  inside: Inside,
  request: IncomingMessage,
  response: ServerResponse,
  apiKey: string,
) {
  inside.posts++
  const body = await bodyOf(request)
  const enc = body.subarray(4, 36).toString('hex')
  const known = inside.imports.get(enc)
  if (known) return json(response, 202, { importId: known })
  const { address, plain } = openedBy(inside, request, body, apiKey)
  const offMs = Math.abs(Date.now() + inside.aheadMs - address.takenAtMs)
  if (offMs > MAX_CLOCK_DIFFERENCE_MS) return problem(response, 403, 'wrong-time')
  const { kind, scope } = address
  if (kind === 'keys') return problem(response, 400, 'not-a-push')
  inside.pushed.push(await readPush(plain, { kind, scope }))
  const importId = `imp_${inside.pushed.length}`
  inside.imports.set(enc, importId)
  if (inside.isMute) return undefined
  return json(response, 202, { importId })
}

async function newKey(
  inside: Inside,
  request: IncomingMessage,
  response: ServerResponse,
  apiKey: string,
) {
  const { plain } = openedBy(inside, request, await bodyOf(request), apiKey)
  const parts: Uint8Array[] = []
  for await (const part of plain) parts.push(part)
  const { agentPublicKey } = newKeySchema.parse(JSON.parse(String(Buffer.concat(parts))))
  inside.agentPublicKeys = [agentPublicKey, ...inside.agentPublicKeys].slice(0, 2)
  inside.keys.wantsNewAgentKey = false
  response.writeHead(204).end()
}

async function acknowledged(inside: Inside, request: IncomingMessage, response: ServerResponse) {
  const { outcomes } = JSON.parse(String(await bodyOf(request))) as { outcomes: { id: string }[] }
  const ids = outcomes.map(({ id }) => id)
  inside.acknowledged.push(...ids)
  inside.writeBacks = inside.writeBacks.filter(({ id }) => !ids.includes(id))
  json(response, 200, { acknowledged: ids.length, unknown: [] })
}
