import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Does something while no other agent does it with the same folder: a timer and a person at the keyboard would
 * else send twice. Undefined where another one is at it. What a killed agent left behind holds nobody up.
 */
export async function alone<T>(state: string, act: () => Promise<T>): Promise<T | undefined> {
  await mkdir(state, { recursive: true, mode: 0o700 })
  const path = join(state, 'running.pid')
  if (!(await take(path))) return undefined
  try {
    return await act()
  } finally {
    await rm(path, { force: true })
  }
}

async function take(path: string): Promise<boolean> {
  for (const isLastTry of [false, true]) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(String(process.pid))
      await file.close()
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || isLastTry) return false
      if (await isHeld(path)) return false
      await rm(path, { force: true })
    }
  }
  return false
}

async function isHeld(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
