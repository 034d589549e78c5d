import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type Context } from 'hono'
import { setTimeout as sleep } from 'node:timers/promises'
import { readBody } from './body.ts'
import type { Outcome } from './carrier.ts'
import { BODY_LIMIT_BYTES, HELD_SOCKET_MS, REFERENCE_LIMIT } from './limits.ts'
import { readOrder } from './message.ts'
import type { Sandbox } from './sandbox.ts'
import { channelOf, providers, type Provider } from './vocabulary.ts'

type Env = { Bindings: HttpBindings }

/** The providers' own interfaces: sending and looking up, as the Worker's adapters call them. */
export function providerRoutes(sandbox: Sandbox): Hono<Env> {
  const app = new Hono<Env>()
  const credentials = `Bearer ${sandbox.settings.key}`

  for (const provider of providers) {
    const path = `/${channelOf[provider]}/${provider}/messages`
    app.use(path, async (c, next) => {
      if (c.req.header('authorization') !== credentials)
        return c.json({ error: 'who-are-you' }, 401)
      return next()
    })
    app.post(path, (c) => send(c, sandbox, provider))
    app.get(path, (c) => lookUp(c, sandbox, provider))
  }
  return app
}

async function send(c: Context<Env>, sandbox: Sandbox, provider: Provider): Promise<Response> {
  const body = await readBody(c.env.incoming, BODY_LIMIT_BYTES)
  if (body === undefined) return c.json({ error: 'too-large' }, 413, { connection: 'close' })
  const halfLatencyMs = sandbox.faults.of(provider).latencyMs / 2
  if (halfLatencyMs > 0) await sleep(halfLatencyMs)
  const order = readOrder(channelOf[provider], parsed(body))
  if ('error' in order) return c.json(order, order.error === 'invalid-request' ? 400 : 422)

  const outcome = sandbox.carrier.take(provider, order)
  if (halfLatencyMs > 0) await sleep(halfLatencyMs)
  return answer(c, outcome)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

async function lookUp(c: Context<Env>, sandbox: Sandbox, provider: Provider): Promise<Response> {
  const { latencyMs, down } = sandbox.faults.of(provider)
  if (latencyMs > 0) await sleep(latencyMs)
  if (down) return c.json({ error: 'unavailable' }, 503)
  const reference = c.req.query('reference')
  if (reference === undefined || reference === '' || reference.length > REFERENCE_LIMIT)
    return c.json({ error: 'invalid-request', field: 'reference' }, 400)

  const found = sandbox.log.lookUp(provider, reference)
  const messages = found.map((message) => ({
    ...message,
    acceptedAt: new Date(message.acceptedAt).toISOString(),
  }))
  return c.json({ messages })
}

function answer(c: Context<Env>, outcome: Outcome): Response | Promise<Response> {
  switch (outcome.kind) {
    case 'accepted':
      return c.json({ messageId: outcome.messageId }, 202)
    case 'rejected':
      return c.json({ error: outcome.error }, 422)
    case 'throttled':
      return c.json({ error: 'throttled' }, 429, { 'retry-after': '1' })
    case 'unavailable':
      return c.json({ error: 'unavailable' }, 503)
    case 'cut-off':
      return cut(c)
    case 'hangs':
      return held(c)
  }
}

function cut(c: Context<Env>): Response {
  c.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

/** Waits until the client gives up, or for a minute. */
async function held(c: Context<Env>): Promise<Response> {
  const { socket } = c.env.incoming
  const gaveUp = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const patience = new AbortController()
  await Promise.race([gaveUp, sleep(HELD_SOCKET_MS, undefined, { signal: patience.signal })])
  patience.abort()
  return cut(c)
}
