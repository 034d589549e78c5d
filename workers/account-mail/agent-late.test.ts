import { expect, test } from 'vitest'
import { agentLate } from './agent-late.ts'

const words = {
  name: 'Mr Pym',
  email: 'pym@example.com',
  organisation: 'St Botolph’s Primary',
  agent: 'The office server',
  lastPushAtMs: Date.parse('2026-11-23T02:04:00Z'),
  link: 'https://app.example.com/school/agents/agt_1',
  support: 'help@example.com',
}

test('it says what is missing, since when, what follows and what to do', () => {
  const { to, text } = agentLate(words)
  expect(to).toBe('pym@example.com')
  expect(text).toContain('“The office server”')
  expect(text).toContain('The last arrived on Monday 23 November 2026 at 2:04am.')
  expect(text).toContain('restrictions among them')
  expect(text).toContain(words.link)
  expect(text).toContain('import a file by hand')
})

test('of an agent that never sent anything it says so', () => {
  expect(agentLate({ ...words, lastPushAtMs: null }).text).toContain('None has arrived from it yet')
})
