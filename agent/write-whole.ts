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
      if (typeof content === 'string') await file.writeFile(content)
      else for await (const piece of content) await file.write(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Makes the new name last as well; Windows has no such thing, and its rename is written through. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
