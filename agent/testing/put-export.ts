import { utimes, writeFile } from 'node:fs/promises'

/** A file that the school's system let go of a minute ago, so that the agent does not wait for more of it. */
export async function putExport(path: string, content: string): Promise<void> {
  await writeFile(path, content)
  const at = new Date(Date.now() - 60_000)
  await utimes(path, at, at)
}
