import { createReadStream } from 'node:fs'
import { type ClientRequest, type IncomingMessage, request as plainly } from 'node:http'
import { request as securely } from 'node:https'
import { rootCertificates } from 'node:tls'
import { openTunnel } from './tunnel.ts'

/** How this machine reaches the world: the school's proxy and the certificate of its web filter, if any. */
export type Network = {
  readonly proxy?: URL
  /** PEM, trusted beside those that Node brings along. */
  readonly certificates?: string
}

export type Question = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | { readonly file: string; readonly bytes: number }
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

export type Answer =
  | {
      readonly ok: true
      readonly status: number
      readonly headers: IncomingMessage['headers']
      readonly text: string
    }
  /** `code` is Node's (ECONNREFUSED, CERT_HAS_EXPIRED) or the proxy's status: never text of the other side. */
  | { readonly ok: false; readonly reason: AskProblem; readonly code: string }

export type AskProblem =
  | 'unreachable'
  | 'timed-out'
  | 'proxy-refused'
  | 'not-trusted'
  | 'answer-too-big'

/** No sign of life for so long ends a request. */
const TIMEOUT_MS = 60_000
const MAX_ANSWER_BYTES = 1_000_000

/**
 * One request by Node's own client, as the one that has proxies is not in Node 20 without a package. It never
 * follows a redirect, which would carry credentials elsewhere, and never trusts an unknown certificate.
 */
export async function ask(question: Question, network: Network = {}): Promise<Answer> {
  const { url } = question
  const isSecure = url.protocol === 'https:'
  const tunnel =
    network.proxy && isSecure
      ? await openTunnel(network.proxy, url, question.timeoutMs ?? TIMEOUT_MS)
      : undefined
  if (tunnel && !tunnel.ok) return tunnel
  const options = {
    method: question.method,
    headers: { ...question.headers, ...lengthOf(question.body) },
    agent: false as const,
    timeout: question.timeoutMs ?? TIMEOUT_MS,
    ...(network.certificates && { ca: [...rootCertificates, network.certificates] }),
    ...(tunnel && { socket: tunnel.socket, servername: url.hostname }),
  }
  return new Promise((resolve) => {
    const request = isSecure ? securely(url.href, options) : plainly(url.href, options)
    listen(request, question.maxBytes ?? MAX_ANSWER_BYTES, resolve)
    send(request, question.body)
  })
}

function lengthOf(body: Question['body']): Record<string, string> {
  if (body === undefined) return {}
  if (isFile(body)) return { 'content-length': String(body.bytes) }
  return { 'content-length': String(Buffer.byteLength(body)) }
}

const isFile = (body: Question['body']): body is { file: string; bytes: number } =>
  typeof body === 'object' && !(body instanceof Uint8Array)

function send(request: ClientRequest, body: Question['body']): void {
  if (!isFile(body)) return void request.end(body)
  const file = createReadStream(body.file)
  file.on('error', (error) => request.destroy(error))
  file.pipe(request)
}

function listen(request: ClientRequest, maxBytes: number, resolve: (answer: Answer) => void): void {
  const fail = (error: NodeJS.ErrnoException) => {
    const code = error.code ?? error.name
    resolve({ ok: false, reason: problemOf(code), code })
  }
  request.on('error', fail)
  request.on('timeout', () => request.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })))
  request.on('response', (response) => {
    const parts: Buffer[] = []
    let bytes = 0
    response.on('error', fail)
    response.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes > maxBytes) response.destroy(Object.assign(new Error(), { code: TOO_BIG }))
      else parts.push(part)
    })
    response.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8')
      resolve({ ok: true, status: response.statusCode ?? 0, headers: response.headers, text })
    })
  })
}

const TOO_BIG = 'ANSWER_TOO_BIG'

function problemOf(code: string): AskProblem {
  if (code === TOO_BIG) return 'answer-too-big'
  if (code === 'ETIMEDOUT') return 'timed-out'
  return /CERT|SELF_SIGNED|ISSUER|TLS|SIGNATURE/.test(code) ? 'not-trusted' : 'unreachable'
}
