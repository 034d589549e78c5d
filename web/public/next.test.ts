import { expect, test } from 'vitest'
import { pathAfterSignIn } from './next.ts'

test.each([
  '/school',
  '/school/messages',
  '/school/pupils/pup_01abc',
  '/school/imports/imp_01abc/rejected.csv',
])('goes on to %s', (asked) => {
  expect(pathAfterSignIn(asked, '/school')).toBe(asked)
})

test.each([
  undefined,
  '',
  '/',
  'https://evil.example/school',
  '//evil.example',
  '//evil.example/school',
  '/\\evil.example',
  '/school//evil.example',
  '/school/../sign-out',
  '/school/..',
  '/school/.csv',
  '/school/a.csv/b',
  '/school/a.b.csv',
  '/school/%2e%2e/x',
  '/school?next=//evil.example',
  '/school\n//evil.example',
  '/school/messages\n',
  ' /school',
  'javascript:alert(1)',
  '/schools',
  '/schoolgate',
  '/operator',
  '/operator/dead-letters',
  '/sign-out',
])('does not go on to %s', (asked) => {
  expect(pathAfterSignIn(asked, '/school')).toBe('/school')
})
