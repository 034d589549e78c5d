import { describe, expect, test } from 'vitest'

import { smsWords } from './sms-words.ts'

describe('the length of a text in words', () => {
  const plain = { encoding: 'GSM-7', units: 10, parts: 1, left: 150, culprits: [] } as const

  test('one, several, none, the last character', () => {
    expect(smsWords('Hello', plain)).toBe('150 characters left in this text.')
    expect(smsWords('Hello', { ...plain, parts: 2, left: 145 })).toBe(
      '2 texts long, 145 characters left in the last.',
    )
    expect(smsWords('', { ...plain, parts: 0, left: 160 })).toBe('160 characters left in one text.')
    expect(smsWords('Hello', { ...plain, left: 1 })).toContain('1 character left')
  })

  test('names the characters that force Unicode, the first five', () => {
    const unicode = { ...plain, encoding: 'UCS-2' as const }
    expect(smsWords('Ż', { ...unicode, culprits: ['Ż'] })).toContain('Ż halves the room')
    expect(smsWords('…', { ...unicode, culprits: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })).toContain(
      'a b c d e and 2 more halve',
    )
  })

  test('warns that names change it', () => {
    expect(smsWords('Dear ((pupil first name))', plain)).toContain('Names will change the length.')
    expect(smsWords('Dear (Amara)', plain)).not.toContain('Names')
  })
})
