import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, readFile, rm, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Runs a program of Windows and answers what it printed. */
export type Run = (program: string, args: readonly string[]) => Promise<string>

const runForReal: Run = async (program, args) => (await promisify(execFile)(program, args)).stdout

export type System = { readonly platform: NodeJS.Platform; readonly run: Run }

const thisSystem: System = { platform: process.platform, run: runForReal }

/**
 * Leaves a file to the account that the agent runs as, and looks whether it did. On Windows the machine's own
 * account and its administrators, who can take any file, keep their access. Throws where it cannot be had:
 * a secret that others can read is none.
 */
export async function lockDown(path: string, system: System = thisSystem): Promise<void> {
  if (system.platform === 'win32') {
    const user = await userSid(system)
    await system.run('icacls', [path, '/reset'])
    const grants = [user, LOCAL_SYSTEM, ADMINISTRATORS].flatMap((sid) => ['/grant:r', `*${sid}:F`])
    await system.run('icacls', [path, '/inheritance:r', ...grants])
  } else {
    await chmod(path, 0o600)
  }
  if (!(await isLockedDown(path, system))) {
    throw new Error('The permissions of the file with the secrets could not be restricted.')
  }
}

/** Whether nobody else may read it. */
export async function isLockedDown(path: string, system: System = thisSystem): Promise<boolean> {
  if (system.platform !== 'win32') return ((await stat(path)).mode & 0o077) === 0
  // A name of its own: two agents may look at the same moment.
  const saved = `${path}.${randomUUID()}.acl`
  try {
    await system.run('icacls', [path, '/save', saved])
    return isPrivate(await readFile(saved, 'utf16le'), await userSid(system))
  } finally {
    await rm(saved, { force: true })
  }
}

/** Well-known identifiers (MS-DTYP, 2.4.2.4) and their short forms in SDDL (MS-DTYP, 2.5.1.1). */
const LOCAL_SYSTEM = 'S-1-5-18'
const ADMINISTRATORS = 'S-1-5-32-544'
const SHORT: Readonly<Record<string, string>> = {
  [LOCAL_SYSTEM]: 'SY',
  [ADMINISTRATORS]: 'BA',
  'S-1-5-19': 'LS',
  'S-1-5-20': 'NS',
}

/** `"SCHOOL\svc-schoolgate","S-1-5-21-…"` */
async function userSid({ run }: System): Promise<string> {
  const printed = await run('whoami', ['/user', '/fo', 'csv', '/nh'])
  const sid = /"(S-1-[0-9-]+)"/.exec(printed)?.[1]
  if (sid === undefined) throw new Error('Windows did not say which account this is.')
  return sid
}

/** SDDL as `icacls /save` writes it: protected from inheritance, and nobody in it but those who may be. */
export function isPrivate(saved: string, user: string): boolean {
  const rules = /D:([A-Z]*)((?:\([^)]*\))+)/.exec(saved)
  if (!rules?.[1]?.includes('P')) return false
  const may = new Set(
    [user, LOCAL_SYSTEM, ADMINISTRATORS].flatMap((sid) => [sid, SHORT[sid] ?? sid]),
  )
  // The built-in Administrator is written LA, and is the account ending in 500.
  if (user.endsWith('-500')) may.add('LA')
  const entries = rules[2]?.match(/\([^)]*\)/g) ?? []
  return entries.every((entry) => may.has(entry.slice(1, -1).split(';')[5] ?? ''))
}
