import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { LoggedMessage, Summary } from './message-log.ts'
import { secretOf } from './provider-secret.ts'
import { startSandbox, type Running } from './start.ts'
import type { Provider } from './vocabulary.ts'

export const KEY = 'a-key-for-tests'
export const SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz'
export const SCHOOL = '+441632960100'
export const PARENT = '+447700900123'

export type Event = {
  eventId: string
  messageId: string
  reference: string
  status: string
  code: string
  at: string
}
export type Posted = { path: string; webhookId: string; headers: IncomingHttpHeaders; body: never }

/** Stands where the Worker would: keeps each post whose signature holds, and answers as told. */
export async function openReceiver() {
  const posted: Posted[] = []
  const answers: number[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      const [, , , provider] = (request.url ?? '').split('/') as [string, string, string, Provider]
      const body = new Webhook(secretOf(SECRET, provider)).verify(text, headers) as never
      const webhookId = headers['webhook-id'] ?? ''
      posted.push({ path: request.url ?? '', webhookId, headers: request.headers, body })
      response.writeHead(answers.shift() ?? 204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    /** What the next posts are answered; 204 when these are used up. */
    answer: (...statuses: number[]) => answers.push(...statuses),
    events: (): Event[] =>
      posted.flatMap(({ body }) => (body as { events?: Event[] }).events ?? []),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/**
 * A sandbox with a receiver, in a directory of its own. Receipts come at once, so that those of a
 * message share a post and keep their order.
 */
export async function openStage() {
  const stateDir = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const receiver = await openReceiver()
  const [callbackUrl, webhookSecret] = [receiver.url, SECRET]
  const settings = { port: 0, stateDir, callbackUrl, key: KEY, webhookSecret, seed: 7 }
  let running: Running = await startSandbox(settings)
  const call: Call = (path, init) =>
    fetch(`http://127.0.0.1:${running.port}${path}`, { redirect: 'manual', ...init })

  const stage = {
    receiver,
    call,
    ...actions(call),
    /** Stops the sandbox, waits, and starts it on the same state. */
    restart: async (pauseMs = 0) => {
      await running.close()
      await sleep(pauseMs)
      running = await startSandbox(settings)
    },
    close: async () => {
      await running.close()
      await receiver.close()
      rmSync(stateDir, { recursive: true })
    },
  }
  await stage.fault({ provider: 'all', receiptDelayMs: 0 })
  return stage
}

type Call = (path: string, init?: RequestInit) => Promise<Response>

/** What the Worker, and the tests, ask of a sandbox. */
function actions(call: Call) {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
  const post = (path: string, body: object) =>
    call(path, { method: 'POST', headers, body: JSON.stringify(body) })
  const letter = { from: 'office@example.org', subject: 'Snow', text: 'Closed today' }
  return {
    text: (to: string, reference: string, provider = 'larch', text = 'School is closed today') =>
      post(`/sms/${provider}/messages`, { to, from: SCHOOL, text, reference }),
    mail: (to: string, reference: string) =>
      post('/email/birch/messages', { ...letter, to, reference }),
    fault: (body: object) => post('/faults', body),
    lookUp: async (reference: string, provider = 'larch') => {
      const response = await call(`/sms/${provider}/messages?reference=${reference}`, { headers })
      return (await response.json()) as { messages: { messageId: string; status: string }[] }
    },
    log: async (query = '') => {
      const read = (await (await call(`/log.json${query}`)).json()) as { messages: LoggedMessage[] }
      return read.messages
    },
    summary: async () => (await (await call('/log/summary.json')).json()) as Summary,
  }
}
