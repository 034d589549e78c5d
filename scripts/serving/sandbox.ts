import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../places.ts'
import { isRunning, SANDBOX, stopProcess } from './process.ts'
import type { Secrets } from './secrets.ts'

export type SandboxOptions = {
  port: number
  stateDir: string
  /** The Worker, without a slash at the end. */
  callbackUrl: string
  secrets: Pick<Secrets, 'SANDBOX_KEY' | 'SANDBOX_WEBHOOK_SECRET'>
  /** The process of a sandbox that a killed runtime left behind. */
  leftBehind: number | undefined
}

/** `pid` is undefined for one that somebody else started, and will stop. */
export type Sandbox = { pid: number | undefined; stop(): Promise<void> }

const READY_WITHIN_MS = 10_000

/** Starts the sandbox carrier, or goes on with one that answers to our key already. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  // It may post to another address than ours, so it is started anew; it keeps its own state.
  if (options.leftBehind) await stopProcess(options.leftBehind, SANDBOX)

  const found = await whoAnswers(options)
  if (found === 'ours') return { pid: undefined, stop: async () => {} }
  if (found === 'somebody-else') {
    throw new Error(`Port ${options.port} is in use. Choose another in SANDBOX_PORT.`)
  }
  const pid = started(options)
  await ready(options, pid)
  return { pid, stop: () => stopProcess(pid, SANDBOX) }
}

function started({ port, stateDir, callbackUrl, secrets }: SandboxOptions): number {
  mkdirSync(stateDir, { recursive: true })
  const logged = openSync(join(stateDir, 'sandbox.log'), 'a')
  const env = {
    ...process.env,
    SANDBOX_PORT: String(port),
    SANDBOX_STATE_DIR: stateDir,
    SANDBOX_CALLBACK_URL: callbackUrl,
    SANDBOX_KEY: secrets.SANDBOX_KEY,
    SANDBOX_WEBHOOK_SECRET: secrets.SANDBOX_WEBHOOK_SECRET,
  }
  // In a group of its own: the outside world does not stop because our runtime was killed.
  const child = spawn(process.execPath, [join(root, SANDBOX)], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', logged, logged],
  })
  if (!child.pid) throw new Error('The sandbox could not be started.')
  return child.pid
}

async function ready(options: SandboxOptions, pid: number): Promise<void> {
  const untilMs = Date.now() + READY_WITHIN_MS
  while (Date.now() < untilMs && isRunning(pid, SANDBOX)) {
    if ((await whoAnswers(options)) === 'ours') return
    await delay(50)
  }
  await stopProcess(pid, SANDBOX)
  throw new Error(`The sandbox did not start. See ${join(options.stateDir, 'sandbox.log')}.`)
}

async function whoAnswers({ port, secrets }: SandboxOptions) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/sms/larch/messages?reference=none`, {
      headers: { authorization: `Bearer ${secrets.SANDBOX_KEY}` },
    })
    return answer.ok ? 'ours' : 'somebody-else'
  } catch {
    return 'nobody'
  }
}
