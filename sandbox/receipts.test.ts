import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStage, PARENT, type Stage } from './testing.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000 })

// The receiver verifies every signature, and throws away the process if one does not hold.
test('an ordinary message is told of in order, signed, to the provider’s own address', async () => {
  await stage.text(PARENT, 'a', 'larch')
  await stage.text(PARENT, 'b', 'rowan')
  await stage.mail('adeyemi@example.com', 'c')
  await until(() => expect(stage.receiver.events()).toHaveLength(6))
  const told = stage.receiver.posted.flatMap(({ path, body }) =>
    (body as { events: { status: string }[] }).events.map(({ status }) => `${path} ${status}`),
  )
  expect(told.toSorted()).toEqual([
    '/hooks/email/birch/receipts delivered',
    '/hooks/email/birch/receipts sent',
    '/hooks/sms/larch/receipts accepted',
    '/hooks/sms/larch/receipts delivered',
    '/hooks/sms/rowan/receipts ACK',
    '/hooks/sms/rowan/receipts DLVRD',
  ])
  expect(stage.receiver.events()[0]).toEqual({
    eventId: expect.any(String),
    messageId: expect.any(String),
    reference: expect.any(String),
    status: expect.any(String),
    code: expect.any(String),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  })
})

test('many receipts share a post, at most a hundred in each', async () => {
  await stage.fault({ provider: 'larch', receiptDelayMs: 1_000 })
  const references = Array.from({ length: 150 }, (_, place) => `many-${place}`)
  await Promise.all(references.map((reference) => stage.text(PARENT, reference)))
  await stage.restart(1_100) // all three hundred are due when it opens again
  // A post that the restart cut off comes again: each event at least once.
  const told = () => new Set(stage.receiver.events().map((event) => event.eventId)).size
  await until(() => expect(told()).toBe(300))
  const sizes = stage.receiver.posted.map(({ body }) => (body as { events: [] }).events.length)
  expect(Math.max(...sizes)).toBe(100)
})

test('a post that is not answered with 2xx comes again under the same id', async () => {
  await stage.fault({ provider: 'larch', receiptDelayMs: 0 })
  stage.receiver.answer(500, 302)
  await stage.text(PARENT, 'again')
  await until(() => expect(stage.receiver.posted).toHaveLength(3))
  const ids = stage.receiver.posted.map(({ webhookId }) => webhookId)
  expect(new Set(ids).size).toBe(1)
  await until(async () => expect(await stage.summary()).toMatchObject({ receiptsPending: 0 }))
})

test('what is pending outlives a restart: posts that failed and receipts not yet due', async () => {
  await stage.fault({ provider: 'larch', receiptDelayMs: 900 })
  stage.receiver.answer(503)
  await stage.text(PARENT, 'kept')
  await until(() => expect(stage.receiver.posted).toHaveLength(1))
  await stage.restart()
  const { accepted, receiptsPending } = await stage.summary()
  expect([accepted, receiptsPending > 0]).toEqual([1, true])

  await until(async () => expect(await stage.summary()).toMatchObject({ receiptsPending: 0 }))
  const [failed, ...rest] = stage.receiver.posted
  expect(rest.map(({ webhookId }) => webhookId)).toContain(failed?.webhookId)
  const statuses = new Set(stage.receiver.events().map((event) => event.status))
  expect(statuses).toEqual(new Set(['accepted', 'delivered']))
  expect(await stage.log()).toMatchObject([{ reference: 'kept', status: 'delivered' }])
  expect(await (await stage.call(`/phones/${PARENT}`)).text()).toContain('School is closed today')
})

test('clearing the log forgets what was pending', async () => {
  await stage.fault({ provider: 'larch', receiptDelayMs: 60_000 })
  await stage.text(PARENT, 'gone')
  expect(await stage.summary()).toMatchObject({ accepted: 1, receiptsPending: 2 })
  expect((await stage.call('/log', { method: 'DELETE' })).status).toBe(204)
  expect(await stage.summary()).toEqual({
    accepted: 0,
    distinctReferences: 0,
    seenMoreThanOnce: 0,
    receiptsPending: 0,
  })
})
