import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** The programs that are looked for by name, beneath the checkout. */
export const SERVER = 'scripts/serve.ts'
export const SANDBOX = 'sandbox/main.ts'

/** Whether that process is there and runs the program named; ids are used again, so a number is not enough. */
export function isRunning(pid: number, programName: string): boolean {
  if (!isThere(pid)) return false
  const commandLine = `/proc/${pid}/cmdline`
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes(programName)
}

/**
 * Kills what the leader of a process group left behind when it was killed. A number is not given to
 * a new process while a group still has it, so a group without its leader can only be ours.
 */
export function clearOrphans(leader: number): void {
  if (isThere(leader) || !isThere(-leader)) return
  process.kill(-leader, 'SIGKILL')
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

/** A negative number asks for a process group. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
