import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { buildUi } from '../scripts/build-ui.ts'
import { root } from '../scripts/places.ts'
import { bundle } from '../scripts/serving/bundle.ts'
import { migrate } from '../scripts/serving/migrate.ts'
import { openSandbox } from '../scripts/serving/sandbox.ts'
import { type Secrets, secretsIn } from '../scripts/serving/secrets.ts'
import { workerdProcess } from './cpu.ts'

/** The running system of one bench: the product's Worker and a sandbox carrier, both empty. */
export type World = {
  /** Miniflare's front, as `npm start` has it. */
  origin: string
  /** workerd's own socket: what production is nearer to. */
  direct: { host: string; port: number }
  runtime: Miniflare
  workerd: number
  secrets: Secrets
  /** Asks the bench Worker for something; throws where it cannot. */
  act<Answer>(name: string, asked: object): Promise<Answer>
  /** Makes every provider of the carrier behave so. */
  carrier(faults: Record<string, number | boolean>): Promise<void>
  carried(): Promise<Carried>
  /** When one of the carrier's providers took a message of this reference; undefined while none has. */
  takenAtMs(reference: string): Promise<number | undefined>
  close(): Promise<void>
}

export type Carried = { accepted: number; receiptsPending: number; seenMoreThanOnce: number }

/** `instead`: other code for a file of the product, to see what that file costs. */
export type WorldOptions = {
  instead?: { path: string; code: string }
  /** Where the log would say the same thing hundreds of times. */
  isQuiet?: boolean
  /** The most that the JavaScript heap of an isolate may be: with more the runtime dies, as production ends it. */
  heapMegabytes?: number
}

/** Starts it all in a folder of its own. Everything is stopped and removed when it is closed, or fails. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  await buildUi()
  const stateDir = mkdtempSync(join(tmpdir(), 'schoolgate-bench-'))
  const endings: Ending[] = [() => rmSync(stateDir, { recursive: true, force: true })]
  const close = async () => {
    for (const end of endings.splice(0).toReversed()) await end()
  }
  const stop = () => void close().finally(() => process.exit(1))
  for (const signal of SIGNALS) {
    process.once(signal, stop)
    endings.push(() => process.off(signal, stop))
  }
  try {
    return { ...(await opened(stateDir, endings, options)), close }
  } catch (error) {
    await close()
    throw error
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

type Ending = () => unknown

async function opened(
  stateDir: string,
  endings: Ending[],
  options: WorldOptions,
): Promise<Omit<World, 'close'>> {
  const [port, directPort, sandboxPort] = await Promise.all([freePort(), freePort(), freePort()])
  const origin = `http://127.0.0.1:${port}`
  const sandboxOrigin = `http://127.0.0.1:${sandboxPort}`
  const direct = { host: '127.0.0.1', port: directPort }
  const secrets = secretsIn(stateDir)
  const vars = { ...secrets, ENVIRONMENT: 'test', ORIGIN: origin, SANDBOX_URL: sandboxOrigin }
  const runtime = await openRuntime(stateDir, { port, directPort }, vars, options)
  endings.push(() => runtime.dispose())
  await migrate(runtime)
  const sandbox = await openSandbox({
    port: sandboxPort,
    stateDir: join(stateDir, 'sandbox'),
    callbackUrl: `http://127.0.0.1:${directPort}`,
    secrets,
    leftBehind: undefined,
  })
  endings.push(() => sandbox.stop())
  const reach = { ...reachOf(origin), ...carrierAt(sandboxOrigin, secrets) }
  return { origin, direct, runtime, workerd: workerdProcess(), secrets, ...reach }
}

type Ports = { port: number; directPort: number }

/** As `npm start` opens it (`scripts/serving/runtime.ts`), and with a socket that goes round Miniflare's front. */
async function openRuntime(
  stateDir: string,
  ports: Ports,
  vars: Record<string, string>,
  { instead, isQuiet, heapMegabytes }: WorldOptions,
): Promise<Miniflare> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const contents = await bundle('bench/worker/main.ts', instead ? [replaced(instead)] : [])
  // The only way by which Miniflare hands flags on; they hold for each isolate by itself.
  process.env['MINIFLARE_WORKERD_V8_FLAGS'] = heapMegabytes
    ? `--max-heap-size=${heapMegabytes}`
    : ''
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: ports.port,
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.WARN),
      resourcePersistencePath: join(stateDir, 'runtime'),
      ...workerOptions,
      name: 'schoolgate',
      modules: [{ type: 'ESModule', path: 'worker.js', contents }],
      bindings: { ...(workerOptions['bindings'] as Record<string, string>), ...vars },
      ...(isQuiet && { handleStructuredLogs: () => undefined }),
      unsafeDirectSockets: [{ host: '127.0.0.1', port: ports.directPort }],
    }),
  )
  await runtime.ready
  return runtime
}

/** Throws where the file is not in the bundle: a cost would be measured that nobody pays. */
function replaced({ path, code }: { path: string; code: string }): Plugin {
  let isReplaced = false
  return {
    name: 'instead',
    setup: (build) => {
      build.onLoad({ filter: /\.tsx?$/ }, ({ path: read }) => {
        if (read !== join(root, path)) return undefined
        isReplaced = true
        return { contents: code, loader: 'ts' }
      })
      build.onEnd(() => {
        if (!isReplaced) throw new Error(`${path} is not in the bundle.`)
      })
    },
  }
}

const post = (url: string, body: object) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const reachOf = (origin: string): Pick<World, 'act'> => ({
  act: async <Answer>(name: string, asked: object) => {
    const answer = await post(`${origin}/bench/${name}`, asked)
    if (!answer.ok) throw new Error(`The bench Worker answered ${answer.status} to ${name}.`)
    return (await answer.json()) as Answer
  },
})

function carrierAt(
  origin: string,
  { SANDBOX_KEY }: Secrets,
): Pick<World, 'carrier' | 'carried' | 'takenAtMs'> {
  const headers = { authorization: `Bearer ${SANDBOX_KEY}` }
  const takenBy = async (provider: string, reference: string) => {
    const answer = await fetch(`${origin}/sms/${provider}/messages?reference=${reference}`, {
      headers,
    })
    const { messages } = (await answer.json()) as { messages: { acceptedAt: string }[] }
    return messages[0] && Date.parse(messages[0].acceptedAt)
  }
  return {
    carrier: async (faults) => {
      const changed = await post(`${origin}/faults`, { provider: 'all', ...faults })
      if (!changed.ok) throw new Error(`The sandbox refused faults: ${await changed.text()}`)
    },
    carried: async () => (await (await fetch(`${origin}/log/summary.json`)).json()) as Carried,
    takenAtMs: async (reference) =>
      (await takenBy('larch', reference)) ?? (await takenBy('rowan', reference)),
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
