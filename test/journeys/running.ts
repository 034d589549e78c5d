import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../../scripts/places.ts'
import { newSecret } from '../../workers/access/factors/totp.ts'
import { codesOf } from '../cast/codes-of.ts'

export type System = {
  /** Schoolgate's address, as browsers use it: `__Host-` cookies want localhost. */
  origin: string
  /** The sandbox carrier's address. */
  carrier: string
  /** Of everyone who can sign in. */
  password: string
  /** The next code of somebody's authenticator app that was not used yet; waits for it where it must. */
  codeFor(who: string): Promise<string>
  /** Everything that Schoolgate keeps. The outside world's state is somewhere else. */
  stateDir: string
  /** What the runtime has printed, of all its lives. */
  logFile: string
  /** Ends the whole runtime at once, as a power cut would. The carrier does not notice. */
  kill(): Promise<void>
  /** The runtime again, on the state it left. */
  restart(): Promise<void>
  /** Stops the runtime cleanly; its files stay until `stop`. */
  rest(): Promise<void>
  stop(): Promise<void>
}

const READY_WITHIN_MS = 90_000
const GONE_WITHIN_MS = 15_000
const CRON_EVERY_MS = 2_000

/** Starts the sandbox and Schoolgate as processes, on free ports and with an empty state of their own. */
export async function startSystem(): Promise<System> {
  const place = mkdtempSync(join(tmpdir(), 'schoolgate-'))
  const [port, sandboxPort] = await freePorts()
  const password = `a pass for the cast ${randomBytes(6).toString('hex')}`
  const totp = newSecret()
  const plan = planFor(place, port, sandboxPort, { password, totp })

  const sandbox = begin('sandbox/main.ts', [], plan.environment, plan.sandboxLog)
  await isPrinted(sandbox, plan.sandboxLog, 'sandbox ready', 0)
  let runtime = await begun(plan).catch(async (error: unknown) => {
    await end(sandbox, 'SIGTERM')
    rmSync(place, { recursive: true, force: true })
    throw error
  })
  return {
    origin: `http://localhost:${port}`,
    carrier: `http://localhost:${sandboxPort}`,
    password,
    codeFor: codesOf(totp),
    stateDir: plan.stateDir,
    logFile: plan.logFile,
    kill: () => end(runtime, 'SIGKILL'),
    restart: async () => {
      await end(runtime, 'SIGKILL')
      runtime = await begun(plan)
    },
    rest: () => end(runtime, 'SIGTERM'),
    stop: async () => {
      await Promise.all([end(runtime, 'SIGTERM'), end(sandbox, 'SIGTERM')])
      rmSync(place, { recursive: true, force: true })
    },
  }
}

type Plan = {
  environment: NodeJS.ProcessEnv
  stateDir: string
  logFile: string
  sandboxLog: string
}

function planFor(
  place: string,
  port: number,
  sandboxPort: number,
  { password, totp }: { password: string; totp: string },
): Plan {
  const stateDir = join(place, 'state')
  const environment = {
    ...process.env,
    PORT: String(port),
    STATE_DIR: stateDir,
    CRON_EVERY_MS: String(CRON_EVERY_MS),
    SEED_PASSWORD: password,
    SEED_TOTP: totp,
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_STATE_DIR: join(place, 'outside'),
    SANDBOX_CALLBACK_URL: `http://127.0.0.1:${port}`,
    SANDBOX_KEY: randomBytes(32).toString('base64url'),
    SANDBOX_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  }
  const sandboxLog = join(place, 'outside.log')
  return { environment, stateDir, logFile: join(place, 'runtime.log'), sandboxLog }
}

async function begun({ environment, logFile }: Plan): Promise<ChildProcess> {
  const before = existsSync(logFile) ? readFileSync(logFile).length : 0
  const runtime = begin('scripts/serve.ts', ['--no-sandbox'], environment, logFile)
  await isPrinted(runtime, logFile, 'Schoolgate is ready', before)
  return runtime
}

/** In a process group of its own, so that everything it starts can be ended with it. */
function begin(
  program: string,
  options: string[],
  env: NodeJS.ProcessEnv,
  logFile: string,
): ChildProcess {
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [join(root, program), ...options], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  alive.add(child)
  child.once('exit', () => alive.delete(child))
  return child
}

const alive = new Set<ChildProcess>()
// A test run that is broken off leaves nobody behind.
process.once('exit', () => alive.forEach((child) => signal(child, 'SIGKILL')))

async function isPrinted(
  child: ChildProcess,
  logFile: string,
  words: string,
  after: number,
): Promise<void> {
  const untilMs = Date.now() + READY_WITHIN_MS
  const printed = () => readFileSync(logFile).subarray(after).toString()
  while (!printed().includes(words)) {
    if (hasEnded(child) || Date.now() > untilMs) {
      signal(child, 'SIGKILL')
      throw new Error(`It did not start. It said:\n${printed().slice(-2_000)}`)
    }
    await delay(50)
  }
}

async function end(child: ChildProcess, how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (how === 'SIGKILL') signal(child, how)
  else child.kill(how)
  const patience = new AbortController()
  await Promise.race([
    ended,
    delay(GONE_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
  ])
  patience.abort()
  // What it started goes with it, and so does it if it would not go by itself.
  signal(child, 'SIGKILL')
  if (!hasEnded(child)) await ended
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, name)
  } catch {
    // Nothing of the group was left.
  }
}

/** Held at the same time, so that they differ. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()]
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject)
          server.listen(0, '127.0.0.1', () => {
            const address = server.address()
            resolve(typeof address === 'object' && address ? address.port : 0)
          })
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports as [number, number]
}
