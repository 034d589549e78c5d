import { expect, test } from 'vitest'
import { ORIGIN, worker } from '../test/cast/visitor.ts'

// Whoever runs into a wall is told a reference, and the way on.
const wayOn = /<a class="govuk-link" href="\/"> ?Go to the home page ?<\/a>/

test.each([
  ['a form of another site', 403, { method: 'POST', headers: { Origin: 'https://evil.example' } }],
  [
    'a form that is too large',
    413,
    { method: 'POST', headers: { Origin: ORIGIN }, body: 'x'.repeat(64_001) },
  ],
] as const)('%s is answered with the way on', async (_, status, init) => {
  const answer = await worker.fetch(new Request(`${ORIGIN}/sign-in`, init))
  expect(answer.status).toBe(status)
  const html = (await answer.text()).replace(/\s+/g, ' ')
  expect(html).toMatch(wayOn)
  // The reference is one long word: it wraps where the window is narrow.
  expect(html).toMatch(/Reference: <span class="sg-typed">req_\w+<\/span>/)
})

test('a page that is not there has it, too', async () => {
  const answer = await worker.fetch(new Request(`${ORIGIN}/nowhere`))
  expect(answer.status).toBe(404)
  expect((await answer.text()).replace(/\s+/g, ' ')).toMatch(wayOn)
})
