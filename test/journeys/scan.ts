import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A word that must not be there, found in a file all the same. */
export type Found = { word: string; as: string; where: string }

export type Scan = { files: number; bytes: number; found: Found[] }

/** Looks for words in the raw bytes of files, in every encoding in which they could lie about. */
export function scan(paths: readonly string[], words: readonly string[]): Scan {
  const needles = words.flatMap(spellings)
  const result: Scan = { files: 0, bytes: 0, found: [] }
  for (const where of paths) {
    const bytes = readFileSync(where)
    result.files++
    result.bytes += bytes.length
    result.found.push(...findIn(bytes, where, needles))
  }
  return result
}

/** The same in bytes that are no file. */
export const findIn = (bytes: Buffer, where: string, needles: readonly Needle[]): Found[] =>
  needles
    .filter(({ needle }) => bytes.includes(needle))
    .map(({ word, as }) => ({ word, as, where }))

export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

export type Needle = { word: string; as: string; needle: Buffer }

/** A word as it may be written: as it is or in another case, as UTF-8 or UTF-16, and each of these encoded. */
export function spellings(word: string): Needle[] {
  const cases = [...new Set([word, word.toLowerCase(), word.toUpperCase()])]
  return cases.flatMap((text) => {
    const utf8 = Buffer.from(text)
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    const plain: [string, Buffer][] = [
      ['UTF-8', utf8],
      ['UTF-16', little],
      ['UTF-16 big-endian', big],
    ]
    const written: [string, Buffer][] = [
      ...plain,
      ...plain.flatMap(([name, bytes]) => encoded(name, bytes)),
      ['URL', Buffer.from(encodeURIComponent(text))],
      ['form', Buffer.from(encodeURIComponent(text).replaceAll('%20', '+'))],
      ['JSON', Buffer.from(escaped(text))],
    ]
    return written.map(([as, needle]) => ({ word, as, needle }))
  })
}

function encoded(name: string, bytes: Buffer): [string, Buffer][] {
  const hex = bytes.toString('hex')
  return [
    [`${name} in hex`, Buffer.from(hex)],
    [`${name} in capital hex`, Buffer.from(hex.toUpperCase())],
    ...[0, 1, 2].flatMap((shift): [string, Buffer][] => [
      [`${name} in base64`, Buffer.from(core(bytes, shift, 'base64'))],
      [`${name} in base64url`, Buffer.from(core(bytes, shift, 'base64url'))],
    ]),
  ]
}

/** What base64 makes of it wherever it begins: without the letters that its neighbours share in. */
function core(bytes: Buffer, shift: number, encoding: 'base64' | 'base64url'): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString(encoding)
    .replaceAll('=', '')
  const first = Math.ceil((shift * 8) / 6)
  const last = Math.floor(((shift + bytes.length) * 8) / 6)
  return whole.slice(first, last)
}

const escaped = (text: string): string =>
  text.replaceAll(
    /[^\x20-\x7E]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
