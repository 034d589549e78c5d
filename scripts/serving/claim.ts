import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { isRunning } from './process.ts'

type Claim = { pid: number; origin: string; sandboxPid?: number | undefined }

/** Notes who serves from this state directory. Two at once would tear it apart, so a second one throws. */
export function claim(stateDir: string, origin: string) {
  const path = join(stateDir, 'serving.json')
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Claim) : undefined
  if (before && before.pid !== process.pid && isRunning(before.pid, 'serve.ts')) {
    throw new Error(`Schoolgate is running already, at ${before.origin} (process ${before.pid}).`)
  }
  mkdirSync(stateDir, { recursive: true })
  const write = (sandboxPid: number | undefined) =>
    writeFileSync(path, JSON.stringify({ pid: process.pid, origin, sandboxPid }))
  write(before?.sandboxPid)
  return {
    /** Of a sandbox that a killed runtime left behind. */
    leftBehind: before?.sandboxPid,
    write,
    release: () => rmSync(path, { force: true }),
  }
}

/** Throws where somebody listens on the port that this variable names. */
export async function expectFree(port: number, name: string): Promise<void> {
  const isTaken = await new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
  if (isTaken) throw new Error(`Port ${port} is in use. Choose another in ${name}.`)
}
