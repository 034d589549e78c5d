import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'

/** The largest file taken, in bytes: a school of 3,000 pupils exports under 3 MB as CSV. */
export const MAX_FILE_BYTES = 12_000_000

/** How much of a file is read, where that is not the same for all who read it. */
export type Most = { readonly rows: number; readonly bytes: number }

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export type Decoded =
  | { ok: true; text: string; encoding: Encoding }
  | { ok: false; problem: FileProblem }

/**
 * Bytes to text, for files that no one labels: school systems write UTF-8, Excel writes Windows-1252
 * or UTF-16. A byte order mark decides, then the XML declaration, then what the bytes can be.
 */
export function decode(bytes: Uint8Array, maxBytes: number = MAX_FILE_BYTES): Decoded {
  if (bytes.length === 0) return problem('empty-file')
  if (bytes.length > maxBytes) return problem('too-big', { detail: megabytes(bytes.length) })
  const other = otherKindOfFile(bytes)
  if (other) return problem(other)

  const encoding = encodingOf(bytes)
  if (encoding.unknown !== undefined)
    return problem('unknown-encoding', { detail: encoding.unknown })

  const { text, used } = textOf(bytes, encoding.name)
  if (!isText(text)) return problem('not-a-text-file')
  if (text.trim() === '') return problem('empty-file')
  return { ok: true, text, encoding: used }
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean =>
  first.every((byte, index) => bytes[index] === byte)

/** File types by their first bytes, so that the sentence can say what to do instead. */
function otherKindOfFile(bytes: Uint8Array) {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    const names = new TextDecoder().decode(bytes.subarray(0, 4000))
    const isOffice = names.includes('[Content_Types].xml') || names.includes('xl/')
    const isOpenDocument = names.includes('opendocument.spreadsheet')
    return isOffice || isOpenDocument ? 'spreadsheet-not-csv' : 'compressed-file'
  }
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'spreadsheet-not-csv'
  if (startsWith(bytes, 0x1f, 0x8b) || startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf))
    return 'compressed-file'
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf-file'
  return undefined
}

type Choice = { name: Encoding; unknown?: undefined } | { name?: undefined; unknown: string }

function encodingOf(bytes: Uint8Array): Choice {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { name: 'utf-8' }
  if (startsWith(bytes, 0xff, 0xfe)) return { name: 'utf-16le' }
  if (startsWith(bytes, 0xfe, 0xff)) return { name: 'utf-16be' }
  const wide = wideWithoutMark(bytes)
  if (wide) return { name: wide }
  return declaredEncoding(bytes)
}

const SNIFFED_BYTES = 2000

/** UTF-16 without a mark: mostly Latin text has a NUL in every other byte, and in no other. */
function wideWithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const end = Math.min(bytes.length, SNIFFED_BYTES) & ~1
  const nuls: [number, number] = [0, 0]
  for (let i = 0; i < end; i++) if (bytes[i] === 0) nuls[i & 1 ? 1 : 0]++
  const enough = Math.max(1, end / 5)
  if (nuls[1] >= enough && nuls[0] === 0) return 'utf-16le'
  if (nuls[0] >= enough && nuls[1] === 0) return 'utf-16be'
  return undefined
}

/** XML 1.0, 4.3.3: the declaration is in ASCII, and a declared UTF-16 in single bytes cannot be true. */
const DECLARED: Record<string, Encoding> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
}

function declaredEncoding(bytes: Uint8Array): Choice {
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1]
  if (declared === undefined) return { name: 'utf-8' }
  const name = DECLARED[declared.toLowerCase()]
  return name ? { name } : { unknown: declared }
}

function textOf(bytes: Uint8Array, encoding: Encoding): { text: string; used: Encoding } {
  if (encoding === 'utf-16le') return { text: wideText(bytes), used: encoding }
  if (encoding === 'utf-16be') return { text: wideText(swapped(bytes)), used: encoding }
  if (encoding === 'windows-1252') return { text: windows1252Text(bytes), used: encoding }
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes),
      used: 'utf-8',
    }
  } catch {
    return { text: windows1252Text(bytes), used: 'windows-1252' }
  }
}

const wideText = (bytes: Uint8Array): string => new TextDecoder('utf-16le').decode(bytes)

function swapped(bytes: Uint8Array): Uint8Array {
  const turned = new Uint8Array(bytes.length & ~1)
  for (let i = 0; i < turned.length; i += 2) {
    turned[i] = bytes[i + 1] ?? 0
    turned[i + 1] = bytes[i] ?? 0
  }
  return turned
}

/**
 * What bytes 0x80 to 0x9F mean (WHATWG Encoding, index windows-1252). Our own table, because runtimes
 * have been seen to decode this label as plain Latin-1, which turns a curly apostrophe into a control.
 */
const WINDOWS_1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

function windows1252Text(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    units[i] = byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252_HIGH.charCodeAt(byte - 0x80) : byte
  }
  return new TextDecoder('utf-16le').decode(units)
}

const SNIFFED_CHARACTERS = 4000
const MAX_CONTROL_SHARE = 0.01

/** A text file has no NUL and hardly any other control character. */
function isText(text: string): boolean {
  if (text.includes('\0')) return false
  const head = text.slice(0, SNIFFED_CHARACTERS)
  const controls = head.match(/[\u0001-\u0008\u000b\u000e-\u001f]/g)?.length ?? 0
  return controls <= head.length * MAX_CONTROL_SHARE
}
