import { connect, type Socket } from 'node:net'

export type Request = { path: string; headers?: Record<string, string>; body: string }
export type Loaded = { seconds: number; statuses: Map<number, number>; timesMs: number[] }

type Place = { host: string; port: number }

/**
 * Posts every request over a few connections that stay open, one at a time on each. It writes bytes and
 * looks for the end of each answer and does nothing else, since it shares the cores with what is measured.
 */
export async function postAll(
  place: Place,
  requests: readonly Request[],
  connections: number,
): Promise<Loaded> {
  const bytes = requests.map((request) => bytesOf(place, request))
  const loaded: Loaded = { seconds: 0, statuses: new Map(), timesMs: [] }
  const startedMs = performance.now()
  let next = 0
  const take = () => bytes[next++]
  await Promise.all(Array.from({ length: connections }, () => lane(place, take, loaded)))
  loaded.seconds = (performance.now() - startedMs) / 1000
  return loaded
}

function bytesOf({ host, port }: Place, { path, headers = {}, body }: Request): Buffer {
  const content = Buffer.from(body)
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}:${port}`,
    `Content-Length: ${content.length}`,
    'Content-Type: application/json',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content])
}

function lane(place: Place, take: () => Buffer | undefined, loaded: Loaded): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(place.port, place.host).setNoDelay(true)
    let sentMs = 0
    let read = Buffer.alloc(0)
    const send = () => {
      const request = take()
      if (!request) {
        socket.destroy()
        return resolve()
      }
      sentMs = performance.now()
      socket.write(request)
    }
    socket.once('connect', send).once('error', reject)
    socket.on('data', (data: Buffer) => {
      read = read.length === 0 ? data : Buffer.concat([read, data])
      const status = wholeAnswer(read)
      if (status === undefined) return
      read = Buffer.alloc(0)
      loaded.timesMs.push(performance.now() - sentMs)
      loaded.statuses.set(status, (loaded.statuses.get(status) ?? 0) + 1)
      send()
    })
    closedEarly(socket, reject)
  })
}

const closedEarly = (socket: Socket, reject: (error: Error) => void) =>
  socket.once('end', () => reject(new Error('The server closed a connection that was in use.')))

/** The status of an answer that is there to its end; undefined while it is not. */
function wholeAnswer(read: Buffer): number | undefined {
  const end = read.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const head = read.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(head)
  if (length) return read.length >= end + 4 + Number(length[1]) ? status : undefined
  const isChunked = /\r\ntransfer-encoding: chunked/i.test(head)
  return !isChunked || read.subarray(-5).toString('latin1') === '0\r\n\r\n' ? status : undefined
}
