import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'

/**
 * Copies the databases and buckets of a state directory while they may be in use: each database by
 * SQLite's own backup, which holds up no writer. Buckets come first, because a head that was anchored
 * after its database was copied would look like an end that was cut off.
 */
export async function snapshot(from: string, to: string): Promise<void> {
  for (const kind of ['r2', 'd1']) {
    const files = filesIn(join(from, kind)).filter((path) => !/-(wal|shm)$/.test(path))
    for (const path of files) {
      const copy = join(to, relative(from, path))
      mkdirSync(dirname(copy), { recursive: true })
      await (path.endsWith('.sqlite') ? copyDatabase(path, copy) : copyFileSync(path, copy))
    }
  }
}

async function copyDatabase(path: string, copy: string): Promise<void> {
  const database = new DatabaseSync(path)
  try {
    await backup(database, copy)
  } finally {
    database.close()
  }
}

/** Databases before the files that they speak of. */
const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted((one, other) => rank(one) - rank(other))
    : []

const rank = (path: string): number => (path.endsWith('.sqlite') ? 0 : 1)
