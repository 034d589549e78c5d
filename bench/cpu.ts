import { readdirSync, readFileSync } from 'node:fs'

// Linux counts processor time in hundredths of a second (USER_HZ, proc(5)).
const MS_A_TICK = 10

/** The runtime's own process: the `workerd` that this process started. */
export function workerdProcess(): number {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find(isOurWorkerd)
  if (!found) throw new Error('This process has no workerd.')
  return found
}

/** Processor time that a process has used, user and system, in milliseconds. */
export function cpuMs(pid: number): number {
  const fields = statOf(pid)?.after ?? []
  return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK
}

function isOurWorkerd(pid: number): boolean {
  const stat = statOf(pid)
  return stat?.name === 'workerd' && Number(stat.after[1]) === process.pid
}

/** proc(5): pid, the name in brackets, then the state, the parent and the rest. */
function statOf(pid: number): { name: string; after: string[] } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    return { name: text.slice(text.indexOf('(') + 1, end), after: text.slice(end + 2).split(' ') }
  } catch {
    return undefined
  }
}
