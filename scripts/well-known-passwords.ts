import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dictionary } from '@zxcvbn-ts/language-common'
import { root } from './places.ts'

export const KEPT_AT = 'workers/access/passwords/well-known.json'

/** Those that are guessed first, in the order of how many people chose them. */
const FIRST = 10_000
const SHORTEST_CORE = 4
const SHORTEST_PASSWORD = 12

/**
 * What matters of a list of passwords that leaked, where a password has 12 characters or more: the long
 * ones whole, and of the most frequent others the word in them, which people lengthen with digits and signs.
 * The rest of the list would be in the Worker's bundle for nothing.
 */
export function wellKnown(): string {
  const all = dictionary['passwords-common'].map((password) => password.toLowerCase())
  const long = all.filter((password) => password.length >= SHORTEST_PASSWORD)
  const cores = [...long, ...all.slice(0, FIRST)]
    .map((password) => password.replace(/^\P{L}+|\P{L}+$/gu, ''))
    .filter((core) => core.length >= SHORTEST_CORE)
  return [...new Set([...long, ...cores])].sort().join(' ')
}

export const asKept = (): string => `${JSON.stringify(wellKnown())}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, KEPT_AT), asKept())
