/** What an isolate holds, in bytes. */
export type Usage = {
  /** Objects on the JavaScript heap, those that nobody needs any more among them until they are collected. */
  heap: number
  /** What array buffers point to, which lies outside the heap and counts against the same 128 MB. */
  buffers: number
}

/** The Chrome DevTools Protocol to the isolate in which the product's Worker and its objects run. */
export type Inspector = {
  usage(): Promise<Usage>
  /** Collects all that nobody needs, so that what is left is alive. */
  collect(): Promise<void>
  close(): void
}

/** Throws where no isolate of the product is listed, or as soon as it has gone. */
export async function inspect(port: number): Promise<Inspector> {
  const listed = await fetch(`http://127.0.0.1:${port}/json`)
  const targets = (await listed.json()) as { id: string; webSocketDebuggerUrl: string }[]
  const ours = targets.find(({ id }) => id.endsWith(':schoolgate'))
  if (!ours) throw new Error(`No isolate of the product among ${targets.length}.`)
  const socket = new WebSocket(ours.webSocketDebuggerUrl)
  const ask = await askingOf(socket)
  await ask('HeapProfiler.enable')
  return {
    usage: async () => {
      const { usedSize, backingStorageSize } = await ask('Runtime.getHeapUsage')
      return { heap: Number(usedSize), buffers: Number(backingStorageSize ?? 0) }
    },
    collect: async () => void (await ask('HeapProfiler.collectGarbage')),
    close: () => socket.close(),
  }
}

type Answer = Record<string, unknown>
type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void }

/** Asks one thing at a time or many: each answer carries the number of its question. */
async function askingOf(socket: WebSocket): Promise<(method: string) => Promise<Answer>> {
  const waiting = new Map<number, Waiting>()
  const fail = () => {
    for (const { reject } of waiting.values()) reject(new Error('The isolate has gone.'))
    waiting.clear()
  }
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as {
      id?: number
      result?: Answer
      error?: { message: string }
    }
    const asked = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || !asked) return
    waiting.delete(id)
    if (error) asked.reject(new Error(error.message))
    else asked.resolve(result ?? {})
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('The inspector does not answer.')))
  })
  socket.addEventListener('close', fail)
  let last = 0
  return (method) =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) return reject(new Error('The isolate has gone.'))
      const id = ++last
      waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ id, method }))
    })
}
