/**
 * The folders whose tests a change concerns, a capability or an audience's room each: workers/mis/,
 * web/school/imports/, test/cast/. What lies loose in workers/ or web/ concerns all that is there.
 */
export function foldersOf(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => {
    const parts = file.split('/').slice(0, -1)
    const [top = ''] = parts
    if (!Object.hasOwn(DEPTHS, top)) return []
    return `${parts.slice(0, DEPTHS[top]).join('/')}/`
  })
  return [...new Set(folders)]
    .filter((folder, _, all) => !all.some((other) => other !== folder && folder.startsWith(other)))
    .sort()
}

/** How many names of a path make a room. */
const DEPTHS: Readonly<Record<string, number>> = { workers: 2, test: 2, web: 3 }
