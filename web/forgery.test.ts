import { expect, test } from 'vitest'
import { isForged } from './forgery.ts'

const settings = { ORIGIN: 'https://schoolgate.example' }

const post = (headers: Record<string, string>, url = 'https://schoolgate.example/sign-out') =>
  isForged(new Request(url, { method: 'POST', headers }), settings)

test.each<[string, Record<string, string>]>([
  ['a browser says that it came from here', { 'Sec-Fetch-Site': 'same-origin' }],
  ['an older browser names our origin', { Origin: 'https://schoolgate.example' }],
  ['both', { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://schoolgate.example' }],
])('is ours where %s', (_, headers) => {
  expect(post(headers)).toBe(false)
})

test('is ours where it came to the address it names, behind a proxy too', () => {
  const headers = { Origin: 'https://schoolgate.example' }
  expect(post(headers, 'http://10.0.0.8:8080/sign-out')).toBe(false)
  expect(post({ Origin: 'http://10.0.0.8:8080' }, 'http://10.0.0.8:8080/sign-out')).toBe(false)
})

test.each<[string, Record<string, string>]>([
  ['nothing is said', {}],
  ['another site sent it', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a subdomain sent it', { 'Sec-Fetch-Site': 'same-site' }],
  ['somebody typed it', { 'Sec-Fetch-Site': 'none' }],
  ['the word is not one we know', { 'Sec-Fetch-Site': 'Same-Origin' }],
  ['another origin is named', { Origin: 'https://evil.example' }],
  ['the origin only begins like ours', { Origin: 'https://schoolgate.example.evil.test' }],
  ['the scheme is another', { Origin: 'http://schoolgate.example' }],
  ['the port is another', { Origin: 'https://schoolgate.example:8443' }],
  ['the origin is hidden', { Origin: 'null' }],
  ['the two disagree', { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example' }],
  [
    'they disagree the other way',
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://schoolgate.example' },
  ],
])('is forged where %s', (_, headers) => {
  expect(post(headers)).toBe(true)
})
