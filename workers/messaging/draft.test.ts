import { describe, expect, test } from 'vitest'
import type { ContactId, PupilId } from '#kernel'
import { nobody } from './audience.ts'
import { type Draft, MAX_EMAIL_TEXT, problemsOf, tidied } from './draft.ts'
import { can, type State, states } from './message.ts'
import { wishOf } from './reply.ts'

const draft = (more: Partial<Draft> = {}): Draft => ({
  audience: { ...nobody, pupils: ['pup_1' as PupilId] },
  contactRule: 'parental-responsibility',
  category: 'operational',
  channel: 'sms',
  subject: null,
  text: 'School is closed today.',
  ...more,
})

const problems = (more: Partial<Draft>) =>
  problemsOf(draft(more)).map((problem) => `${problem.field}: ${problem.refused}`)

describe('what is wrong with a draft is said at its field, all at once', () => {
  test('nothing', () => expect(problems({})).toEqual([]))
  test('nobody and nothing', () =>
    expect(problems({ audience: nobody, text: ' \n ' })).toEqual([
      'to: nobody-chosen',
      'text: no-text',
    ]))
  test('six parts fit, seven do not', () => {
    expect(problems({ text: 'x'.repeat(918) })).toEqual([])
    expect(problems({ text: 'x'.repeat(919) })).toEqual(['text: too-long'])
    expect(problems({ text: 'ż'.repeat(403) })).toEqual(['text: too-long'])
    expect(problems({ text: 'x'.repeat(100_000) })).toEqual(['text: too-long'])
  })
  test('a placeholder that is none of ours', () =>
    expect(problems({ text: 'Dear ((parent))' })).toEqual(['text: unknown-placeholder']))
  test('a pupil’s name in what goes to people for no pupil’s sake', () => {
    const text = 'About ((pupil first name))'
    expect(problems({ text })).toEqual([])
    expect(problems({ text, audience: { ...nobody, everyStaff: true } })).toEqual([
      'text: placeholder-without-pupil',
    ])
    const contacts = ['con_1' as ContactId]
    expect(problems({ text, audience: { ...nobody, contacts } })).toEqual([
      'text: placeholder-without-pupil',
    ])
  })
  test('an e-mail needs a subject; a text has none', () => {
    expect(problems({ channel: 'email' })).toEqual(['subject: no-subject'])
    expect(problems({ channel: 'email', subject: 'x'.repeat(151) })).toEqual([
      'subject: subject-too-long',
    ])
    const text = 'x'.repeat(MAX_EMAIL_TEXT + 1)
    expect(problems({ channel: 'email', subject: 'Trip', text })).toEqual(['text: too-long'])
    expect(tidied(draft({ subject: 'Left over' })).subject).toBeNull()
  })
})

test('what a message allows in each state', () => {
  const allowed = (action: Parameters<typeof can>[0]) =>
    states.filter((state: State) => can(action, { state }))
  expect(allowed('edit')).toEqual(['draft'])
  expect(allowed('discard')).toEqual(['draft'])
  expect(allowed('schedule')).toEqual(['draft', 'held'])
  expect(allowed('cancel')).toEqual(['scheduled', 'held'])
})

test.each([
  ['STOP', 'stop'],
  [' stop. ', 'stop'],
  ['Stop texting me please', 'stop'],
  ['UNSUBSCRIBE', 'stop'],
  ['"Stop"', 'stop'],
  ['START', 'start'],
  ['start!', 'start'],
  ['Start of term is when?', 'none'],
  ['Please stop', 'none'],
  ['Stopping by at 3', 'none'],
  ['', 'none'],
  ['😀', 'none'],
])('%j asks for %s', (text, wish) => expect(wishOf(text)).toBe(wish))
