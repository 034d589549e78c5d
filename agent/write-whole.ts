import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * A file that is there whole or not at all, whenever the machine stops: written beside its place, flushed to
 * the disk and renamed. Readable by its owner alone, unless `beforeRename`, which may look at it and throw, changes
 * that.
 */
export async function writeWhole(
  path: string,
  content: string | AsyncIterable<Uint8Array>,
  beforeRename: (path: string) => Promise<void> = async () => {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.${randomUUID()}.part`
  try {
    const file = await open(part, 'wx', 0o600)
    try {
      await beforeRename(part)
      // Not `write`, which may take less than it is given and say so in a number alone.
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    await syncFolder(dirname(path))
  } catch (error) {
    // What is said is what went wrong first.
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Makes the new name last as well; Windows has no such thing, and its rename is written through. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
