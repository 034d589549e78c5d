import { expect, test } from 'vitest'
import type { FactorNews } from '#access'
import { factorNews } from './factor-news.ts'

const news: FactorNews[] = [
  { what: 'passkey-added' },
  { what: 'passkey-removed' },
  { what: 'app-added' },
  { what: 'app-removed' },
  { what: 'recovery-codes-made' },
  { what: 'recovery-code-used', left: 9 },
  { what: 'factors-reset' },
]
const written = (one: FactorNews) =>
  factorNews({
    name: 'Mrs Ngozi Okafor',
    email: 'okafor@st-botolphs.example',
    organisation: 'St Botolph’s Primary',
    news: one,
    origin: 'https://schoolgate.example',
    support: 'support@schoolgate.example',
  })

test.each(news)('a letter about $what says who writes, and what to do if it was not you', (one) => {
  const { to, subject, text } = written(one)
  expect(to).toBe('okafor@st-botolphs.example')
  expect(subject).toContain('Schoolgate')
  expect(subject).not.toContain('Okafor')
  for (const words of [
    'Hello Mrs Ngozi Okafor',
    'St Botolph’s Primary',
    'If it was not',
    '/account',
  ]) {
    expect(text).toContain(words)
  }
})

test('each tells something of its own', () => {
  const subjects = new Set(news.map((one) => written(one).subject))
  expect(subjects.size).toBe(news.length)
})

test('says how many recovery codes are left', () => {
  expect(written({ what: 'recovery-code-used', left: 9 }).text).toContain('9 of 10 are left;')
  expect(written({ what: 'recovery-code-used', left: 0 }).text).toContain('None is left;')
})
