import { describe, expect, test } from 'vitest'
import { type Category, type ConsentFacts, decide } from './decide.ts'

const mother: ConsentFacts = {
  category: 'operational',
  restriction: 'none',
  isNumberRestricted: false,
  isStopped: false,
  hasMarketingConsent: false,
}
const categories: Category[] = ['emergency', 'attendance', 'operational', 'engagement', 'marketing']
const answers = (facts: Partial<ConsentFacts>) =>
  categories.map((category) => decide({ ...mother, ...facts, category }))

describe('a person under a restriction', () => {
  test.each(['all-contact', 'no-location', 'reports-only'] as const)(
    'of %s is left out of everything',
    (restriction) => {
      expect(new Set(answers({ restriction, hasMarketingConsent: true }))).toEqual(
        new Set(['restricted']),
      )
    },
  )

  test('that cannot be read is left out of everything, and it is said why', () => {
    expect(new Set(answers({ restriction: 'unreadable' }))).toEqual(
      new Set(['restriction-unreadable']),
    )
  })

  test('is not reached by a number shared with somebody else', () => {
    expect(new Set(answers({ isNumberRestricted: true }))).toEqual(new Set(['restricted']))
  })

  test('was restricted before STOP: the reason given is the graver one', () => {
    expect(decide({ ...mother, restriction: 'all-contact', isStopped: true })).toBe('restricted')
  })
})

test('STOP ends what is not essential; emergency and attendance still go', () => {
  expect(answers({ isStopped: true, hasMarketingConsent: true })).toEqual([
    'allowed',
    'allowed',
    'asked-to-stop',
    'asked-to-stop',
    'asked-to-stop',
  ])
})

test('marketing, and nothing else, needs consent beforehand', () => {
  expect(answers({})).toEqual(['allowed', 'allowed', 'allowed', 'allowed', 'no-marketing-consent'])
  expect(decide({ ...mother, category: 'marketing', hasMarketingConsent: true })).toBe('allowed')
})
