import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { clearOrphans, isRunning, SANDBOX, SERVER } from './process.ts'

type Claim = { pid: number; origin: string; sandboxPid?: number | undefined }

/**
 * Notes who serves from this state directory. Two at once would tear it apart, so a second one
 * throws; what a killed one left running is cleared away.
 */
export function claim(stateDir: string, origin: string) {
  const path = join(stateDir, 'serving.json')
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Claim) : undefined
  if (before && before.pid !== process.pid && isRunning(before.pid, SERVER)) {
    throw new Error(`Schoolgate is running already, at ${before.origin} (process ${before.pid}).`)
  }
  if (before && before.pid !== process.pid) clearOrphans(before.pid)
  mkdirSync(stateDir, { recursive: true })
  let sandboxPid = before?.sandboxPid
  const write = () => writeFileSync(path, JSON.stringify({ pid: process.pid, origin, sandboxPid }))
  write()
  return {
    /** Of a sandbox that a killed runtime left behind. */
    leftBehind: sandboxPid,
    sandboxStarted: (pid: number | undefined) => {
      sandboxPid = pid
      write()
    },
    /** The note stays while there is a sandbox that the next one has to stop. */
    release: () => {
      if (!sandboxPid || !isRunning(sandboxPid, SANDBOX)) rmSync(path, { force: true })
    },
  }
}

const FREE_WITHIN_MS = 1_000

/** Throws where somebody listens on the port that this variable names, and goes on listening. */
export async function expectFree(port: number, name: string): Promise<void> {
  const untilMs = Date.now() + FREE_WITHIN_MS
  while (await isTaken(port)) {
    if (Date.now() > untilMs) throw new Error(`Port ${port} is in use. Choose another in ${name}.`)
    await delay(100)
  }
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
