import { afterEach, expect, test, vi } from 'vitest'
import { start } from './secret-from-fragment.ts'

const secret = 'A'.repeat(43)

/** A page opened at this address, with one form; and what becomes of both. */
function opened(hash: string) {
  const field = { value: '' }
  const replaced: string[] = []
  const heard: Record<string, () => void> = {}
  vi.stubGlobal('location', { hash, pathname: '/invitation', search: '' })
  vi.stubGlobal('history', {
    replaceState: (_: unknown, __: string, path: string) => replaced.push(path),
  })
  vi.stubGlobal('addEventListener', (name: string, hear: () => void) => (heard[name] = hear))
  start({ querySelector: () => field } as unknown as HTMLElement)
  return { field, replaced, heard }
}

afterEach(() => vi.unstubAllGlobals())

test('the secret goes into the field and out of the address bar', () => {
  const { field, replaced } = opened(`#${secret}`)
  expect(field.value).toBe(secret)
  expect(replaced).toEqual(['/invitation'])
})

test.each(['', '#main-content', '#secret', `#${secret}x`])('%s is no secret', (hash) => {
  const { field, replaced } = opened(hash)
  expect([field.value, replaced]).toEqual(['', []])
})

test('a link that is followed on the open page is taken too', () => {
  const { field, heard } = opened('')
  vi.stubGlobal('location', { hash: `#${secret}`, pathname: '/invitation', search: '' })
  heard['hashchange']?.()
  expect(field.value).toBe(secret)
})
