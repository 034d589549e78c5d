import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/places.ts'

export type Source = { path: string; text: string }

/** Files of the checkout that git knows or would add, whose path matches. Paths from the root. */
export function sources(matching: RegExp): Source[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64e6,
  })
  return listed
    .split('\0')
    .filter((path) => matching.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Folders right inside this one. */
export const folders = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')
