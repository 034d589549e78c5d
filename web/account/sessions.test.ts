import { expect, test } from 'vitest'
import { placeOf } from './sessions.tsx'

test.each([
  ['GB-3fa94c1b', 'Leeds', 'Leeds, GB, network 3fa94c1b'],
  ['GB-3fa94c1b', undefined, 'GB, network 3fa94c1b'],
  ['XX-fN-Z_MKh', 'Leeds', 'Leeds, network fN-Z_MKh'],
  ['XX-fN-Z_MKh', undefined, 'Network fN-Z_MKh'],
])('of %s and %s only what is known is said', (place, city, words) => {
  expect(placeOf({ place, ...(city && { city }) })).toBe(words)
})
