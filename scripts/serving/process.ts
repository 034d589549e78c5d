import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Whether that process is there and runs the program named; ids are used again, so a number is not enough. */
export function isRunning(pid: number, programName: string): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const commandLine = `/proc/${pid}/cmdline`
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes(programName)
}

const STOPPED_WITHIN_MS = 5_000

/** Asks it to stop and waits until it has; insists after a while. */
export async function stopProcess(pid: number, programName: string): Promise<void> {
  if (!isRunning(pid, programName)) return
  process.kill(pid, 'SIGTERM')
  const untilMs = Date.now() + STOPPED_WITHIN_MS
  while (Date.now() < untilMs) {
    if (!isRunning(pid, programName)) return
    await delay(25)
  }
  process.kill(pid, 'SIGKILL')
}
