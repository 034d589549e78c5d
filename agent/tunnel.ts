import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'

export type Tunnel =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly reason: 'proxy-refused' | 'unreachable'; readonly code: string }

/**
 * A connection to the far end through the school's proxy (RFC 9110, 9.3.6): TLS is spoken through it, so the
 * proxy sees the name of the server and nothing else. A name and password in the proxy's address are sent to
 * the proxy alone.
 */
export function openTunnel(proxy: URL, to: URL, timeoutMs: number): Promise<Tunnel> {
  const far = `${to.hostname}:${to.port || '443'}`
  const { username, password } = proxy
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const start = proxy.protocol === 'https:' ? secureRequest : request
  const connecting = start({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: far,
    headers: {
      host: far,
      ...(username && {
        'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}`,
      }),
    },
    agent: false,
    timeout: timeoutMs,
  })
  return new Promise((resolve) => {
    connecting.on('connect', (answer, socket) => {
      if (answer.statusCode === 200) return resolve({ ok: true, socket })
      socket.destroy()
      resolve({ ok: false, reason: 'proxy-refused', code: String(answer.statusCode) })
    })
    connecting.on('response', (answer) => {
      answer.resume()
      resolve({ ok: false, reason: 'proxy-refused', code: String(answer.statusCode) })
    })
    connecting.on('timeout', () => connecting.destroy())
    connecting.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ ok: false, reason: 'unreachable', code: error.code ?? 'PROXY_TIMED_OUT' }),
    )
    connecting.end()
  })
}
