import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { buildUi } from '../scripts/build-ui.ts'
import { root } from '../scripts/places.ts'
import { bundle } from '../scripts/serving/bundle.ts'
import { migrate } from '../scripts/serving/migrate.ts'
import { openSandbox, type Sandbox } from '../scripts/serving/sandbox.ts'
import { type Secrets, secretsIn } from '../scripts/serving/secrets.ts'
import { workerdProcess } from './processor.ts'

/** The running system of one bench: the product's Worker and a sandbox carrier, both empty. */
export type World = {
  /** Miniflare's front, as `npm start` has it. */
  origin: string
  /** workerd's own socket: what production is nearer to. */
  direct: { host: string; port: number }
  runtime: Miniflare
  workerd: number
  sandbox: Sandbox
  secrets: Secrets
  /** Asks the bench Worker for something; throws where it cannot. */
  act<Answer>(name: string, asked: object): Promise<Answer>
  /** Makes every provider of the carrier behave so. */
  carrier(faults: Record<string, number | boolean>): Promise<void>
  carried(): Promise<Carried>
  close(): Promise<void>
}

export type Carried = { accepted: number; receiptsPending: number; seenMoreThanOnce: number }

/** Starts it all in a folder of its own, which is removed when it is closed. */
export async function openWorld(): Promise<World> {
  await buildUi()
  const stateDir = mkdtempSync(join(tmpdir(), 'schoolgate-bench-'))
  const [port, directPort, sandboxPort] = await Promise.all([freePort(), freePort(), freePort()])
  const origin = `http://127.0.0.1:${port}`
  const secrets = { ...secretsIn(stateDir), REFERENCE_KEY: randomBytes(32).toString('base64url') }
  const runtime = await openRuntime(stateDir, { port, directPort }, {
    ...secrets,
    ENVIRONMENT: 'test',
    ORIGIN: origin,
    SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
  })
  await migrate(runtime)
  const sandbox = await openSandbox({
    port: sandboxPort,
    stateDir: join(stateDir, 'sandbox'),
    callbackUrl: `http://127.0.0.1:${directPort}`,
    secrets,
    leftBehind: undefined,
  })
  const direct = { host: '127.0.0.1', port: directPort }
  const opened = { origin, direct, runtime, workerd: workerdProcess(), sandbox, secrets }
  return { ...opened, ...reachOf(origin, `http://127.0.0.1:${sandboxPort}`), close }

  async function close() {
    await runtime.dispose()
    await sandbox.stop()
    rmSync(stateDir, { recursive: true, force: true })
  }
}

type Ports = { port: number; directPort: number }

/** As `npm start` opens it (`scripts/serving/runtime.ts`), and with a socket that goes round Miniflare's front. */
async function openRuntime(stateDir: string, ports: Ports, vars: Record<string, string>): Promise<Miniflare> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const contents = await bundle('bench/worker/main.ts')
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
      unsafeDirectSockets: [{ host: '127.0.0.1', port: ports.directPort }],
    }),
  )
  await runtime.ready
  return runtime
}

function reachOf(origin: string, sandboxOrigin: string): Pick<World, 'act' | 'carrier' | 'carried'> {
  const post = (url: string, body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    act: async <Answer>(name: string, asked: object) => {
      const answer = await post(`${origin}/bench/${name}`, asked)
      if (!answer.ok) throw new Error(`The bench Worker answered ${answer.status} to ${name}.`)
      return (await answer.json()) as Answer
    },
    carrier: async (faults) => {
      const changed = await post(`${sandboxOrigin}/faults`, { provider: 'all', ...faults })
      if (!changed.ok) throw new Error(`The sandbox refused faults: ${await changed.text()}`)
    },
    carried: async () => (await (await fetch(`${sandboxOrigin}/log/summary.json`)).json()) as Carried,
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
