import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { WriteBackLine } from '../workers/mis/write-backs/line.ts'
import type { Config } from './config.ts'
import { FILE_NAMES, writeBackCsv } from './write-back-file.ts'
import { writeWhole } from './write-whole.ts'

type To = NonNullable<Config['writeBacks']>

/** The folder of the write-backs is not there, is another account's, or is full. `detail` is Node's code. */
export type NotWritten = {
  readonly ok: false
  readonly reason: 'unwritable'
  readonly code: 'folder-not-written'
  readonly detail: string
}

/**
 * Whether a file can be written there, found out by writing one: on Windows permissions cannot be asked for. Its
 * name begins with a point and ends in `.part`, so that nobody imports it. Undefined where it is well.
 */
export function tryFolder({ folder }: To): Promise<NotWritten | undefined> {
  const path = join(folder, '.schoolgate-try')
  return written(async () => {
    await writeWhole(`${path}.part`, '')
    await rm(`${path}.part`, { force: true })
  })
}

/**
 * Writes the lines of one kind as a file. The time in its name is to the millisecond, so that none is written over.
 * Whoever may read it may do so from the moment it has its name.
 */
export function writeFile(
  { folder, mode }: To,
  kind: WriteBackLine['record']['kind'],
  lines: readonly WriteBackLine[],
): Promise<NotWritten | undefined> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const path = join(folder, `schoolgate-${FILE_NAMES[kind]}-${stamp}.csv`)
  return written(() => writeWhole(path, writeBackCsv(kind, lines), (part) => letRead(part, mode)))
}

/** Windows has no such modes, and some shares do not: a file there has the permissions of its folder. */
async function letRead(path: string, mode: string): Promise<void> {
  try {
    await chmod(path, Number.parseInt(mode, 8))
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(code)) throw error
  }
}

/** What the operating system says no to is a value; everything else is a mistake of ours. */
async function written(act: () => Promise<void>): Promise<NotWritten | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    return { ok: false, reason: 'unwritable', code: 'folder-not-written', detail: code }
  }
}
