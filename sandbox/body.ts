import type { IncomingMessage } from 'node:http'

/**
 * Reads a request's body as text straight from Node's stream: building a web stream for each of
 * thousands of orders a second would cost more than taking them. Undefined where it exceeds the
 * limit, the rest of it unread, and where the sender has gone before its end.
 */
export function readBody(
  incoming: IncomingMessage,
  limitBytes: number,
): Promise<string | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > limitBytes)
    return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limitBytes) {
        incoming.pause()
        resolve(undefined)
      } else chunks.push(chunk)
    })
    incoming.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    incoming.once('error', () => resolve(undefined))
  })
}
