import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { MAX_RATIO, MAX_UNZIPPED_BYTES, unzip } from './unzip.ts'
import { MAX_ZIP_ENTRIES } from './zip-directory.ts'

const isCsv = (name: string) => name.endsWith('.csv')
const filesIn = (bytes: Uint8Array) => {
  const unzipped = unzip(bytes, isCsv)
  if (!unzipped.ok) throw new Error(unzipped.problem.reason)
  return Object.fromEntries(
    [...unzipped.files].map(([name, file]) => [name, new TextDecoder().decode(file)]),
  )
}
const reasonOf = (bytes: Uint8Array) => {
  const unzipped = unzip(bytes, isCsv)
  return unzipped.ok ? 'taken' : unzipped.problem.reason
}

test('wanted files come out whole, packed or stored, whatever their folder and capitals', () => {
  const bytes = zipSync({
    'Export/Users.csv': [strToU8('a,b\n'.repeat(9000)), { level: 9 }],
    'orgs.csv': [strToU8('c,d\n'), { level: 0 }],
    'photo.jpg': strToU8('no'),
    '__MACOSX/users.csv': strToU8('no'),
  })
  expect(filesIn(bytes)).toEqual({ 'users.csv': 'a,b\n'.repeat(9000), 'orgs.csv': 'c,d\n' })
})

test.each([
  '../users.csv',
  '/users.csv',
  'a/../users.csv',
  'C:\\users.csv',
  '..\\users.csv',
  './users.csv',
])('a name that climbs is passed over: %s', (name) => {
  expect(filesIn(zipSync({ [name]: strToU8('no'), 'orgs.csv': strToU8('yes') }))).toEqual({
    'orgs.csv': 'yes',
  })
})

describe('bombs', () => {
  const zeros = new Uint8Array(12_000_000)

  test('one that grows far more than a list of people does', () => {
    expect(reasonOf(zipSync({ 'users.csv': zeros }))).toBe('zip-too-big')
  })

  test('one that declares little and gives much is counted as it comes', () => {
    const bytes = zipSync({ 'users.csv': zeros })
    lie(bytes, 100)
    const started = performance.now()
    expect(reasonOf(bytes)).toBe('zip-too-big')
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('several that are too big together', () => {
    // Noise hardly shrinks, so that the ratio is no reason.
    const noise = Uint8Array.from(
      { length: 1_000_000 },
      (_, at) => Math.imul(at ^ (at >>> 7), 2_654_435_761) >>> 13,
    )
    const names = Array.from(
      { length: MAX_UNZIPPED_BYTES / noise.length + 1 },
      (_, at) => `f${at}.csv`,
    )
    const bytes = zipSync(Object.fromEntries(names.map((name) => [name, noise])), { level: 0 })
    expect(reasonOf(bytes)).toBe('zip-too-big')
    expect(MAX_RATIO).toBeLessThan(1032)
  })

  test('thousands of files', () => {
    const names = Array.from({ length: MAX_ZIP_ENTRIES + 1 }, (_, at) => `f${at}.csv`)
    const bytes = zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])))
    expect(reasonOf(bytes)).toBe('zip-too-many-files')
  })
})

describe('damage', () => {
  const whole = zipSync({ 'users.csv': strToU8('sourcedId,givenName\n1,Teddy\n'.repeat(40)) })

  test('cut short, changed inside, locked, twice the same name', () => {
    expect(reasonOf(whole)).toBe('taken')
    expect(reasonOf(whole.subarray(0, whole.length - 30))).toBe('zip-broken')
    expect(reasonOf(new Uint8Array(0))).toBe('zip-broken')
    const changed = whole.slice()
    changed[60] = (changed[60] ?? 0) ^ 0x10
    expect(reasonOf(changed)).toBe('zip-broken')
    const locked = whole.slice()
    locked[directoryAt(locked) + 8] = 1
    expect(reasonOf(locked)).toBe('zip-locked')
    const twice = zipSync({ 'a/users.csv': strToU8('1'), 'b/users.csv': strToU8('2') })
    expect(reasonOf(twice)).toBe('zip-same-file-twice')
  })

  test('any single byte changed gives the same files or a reason, never others', () => {
    const right = filesIn(whole)
    let refused = 0
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice()
      changed[at] = (changed[at] ?? 0) ^ 0xff
      if (reasonOf(changed) === 'taken') {
        const files = filesIn(changed)
        if (Object.keys(files).length > 0)
          expect(Object.values(files)).toEqual(Object.values(right))
      } else refused++
    }
    expect(refused).toBeGreaterThan(50)
  })
})

function directoryAt(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return view.getUint32(bytes.length - 22 + 16, true)
}

/** Writes another size into the directory and the entry's own heading. */
function lie(bytes: Uint8Array, size: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  view.setUint32(directoryAt(bytes) + 24, size, true)
  view.setUint32(22, size, true)
}
