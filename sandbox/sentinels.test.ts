import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { sentinelAddresses, sentinelNumbers } from './sentinels.ts'
import { openStage, SCHOOL, type Stage } from './testing.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.call('/log', { method: 'DELETE' })
  stage.receiver.posted.length = 0
})
afterAll(() => stage.close())

/** What was said of a reference, in the order it was said. */
const said = (reference: string) =>
  stage.receiver
    .events()
    .filter((event) => event.reference === reference)
    .map(({ status, code }) => `${status} ${code}`)

const tells = (reference: string, story: string[]) =>
  vi.waitFor(() => expect(said(reference)).toEqual(story), { timeout: 3_000 })

test('901 and bounce@ fail for good', async () => {
  await stage.text(sentinelNumbers.undeliverable, 'larch-901', 'larch')
  await stage.text(sentinelNumbers.undeliverable, 'rowan-901', 'rowan')
  await stage.mail(sentinelAddresses.undeliverable, 'bounce')
  await tells('larch-901', ['accepted none', 'undeliverable unknown-subscriber'])
  await tells('rowan-901', ['ACK 000', 'UNDELIV 001'])
  await tells('bounce', ['sent none', 'bounced 5.1.1'])
  expect((await stage.lookUp('larch-901')).messages[0]?.status).toBe('undeliverable')
})

test('902 is unavailable twice for each reference, then works', async () => {
  const send = async () => (await stage.text(sentinelNumbers.busyTwice, 'busy')).status
  expect([await send(), await send(), await send()]).toEqual([503, 503, 202])
  expect((await stage.text(sentinelNumbers.busyTwice, 'another')).status).toBe(503)
  expect((await stage.log()).map((message) => message.reference)).toEqual(['busy'])
})

test('903 is delivered, then replies STOP to the number that texted', async () => {
  await stage.text(sentinelNumbers.saysStop, 'stop', 'rowan')
  await tells('stop', ['ACK 000', 'DLVRD 000'])
  await vi.waitFor(() => {
    const inbound = stage.receiver.posted.filter(({ path }) => path === '/hooks/sms/rowan/inbound')
    expect(inbound.map(({ body }) => body)).toMatchObject([
      { from: sentinelNumbers.saysStop, to: SCHOOL, text: 'STOP' },
    ])
  }, 3_000)
})

test('904 records the message and never answers; a look-up finds it', async () => {
  const impatient = AbortSignal.timeout(300)
  const sent = stage.call('/sms/larch/messages', {
    method: 'POST',
    headers: { authorization: 'Bearer a-key-for-tests' },
    body: JSON.stringify({
      to: sentinelNumbers.neverAnswers,
      from: SCHOOL,
      text: 'x',
      reference: 'lost',
    }),
    signal: impatient,
  })
  await expect(sent).rejects.toThrow()
  expect((await stage.lookUp('lost')).messages).toHaveLength(1)
  await tells('lost', ['accepted none', 'delivered none'])
})

test('905 says everything twice, the end first, and the record never goes back', async () => {
  await stage.text(sentinelNumbers.receiptsDoubled, 'double')
  await tells('double', ['delivered none', 'delivered none', 'accepted none', 'accepted none'])
  const ids = stage.receiver.events().map((event) => event.eventId)
  expect(new Set(ids).size).toBe(2)
  expect((await stage.lookUp('double')).messages[0]?.status).toBe('delivered')
})

test('906 and refused@ are turned down at once', async () => {
  const text = await stage.text(sentinelNumbers.rejected, 'no')
  expect([text.status, await text.json()]).toEqual([422, { error: 'invalid-number' }])
  const mail = await stage.mail(sentinelAddresses.rejected, 'no')
  expect([mail.status, await mail.json()]).toEqual([422, { error: 'invalid-address' }])
  expect(await stage.log()).toEqual([])
})

test('907 is accepted, and nothing is ever heard of it', async () => {
  expect((await stage.text(sentinelNumbers.silent, 'silent')).status).toBe(202)
  await stage.text('+447700900123', 'later')
  await tells('later', ['accepted none', 'delivered none'])
  expect(said('silent')).toEqual([])
  expect(await stage.summary()).toMatchObject({ accepted: 2, receiptsPending: 0 })
  expect((await stage.lookUp('silent')).messages[0]?.status).toBe('accepted')
})

test('908 is temporary trouble; full@ is delayed, then bounces', async () => {
  await stage.text(sentinelNumbers.absent, 'larch-908', 'larch')
  await stage.text(sentinelNumbers.absent, 'rowan-908', 'rowan')
  await stage.mail(sentinelAddresses.mailboxFull, 'full')
  await tells('larch-908', ['accepted none', 'en-route none', 'undeliverable absent-subscriber'])
  await tells('rowan-908', ['ACK 000', 'ENROUTE 000', 'EXPIRED 027'])
  await tells('full', ['sent none', 'deferred 4.2.2', 'bounced 5.2.2'])
})

test('909 cuts the connection, and the message was never taken', async () => {
  await expect(stage.text(sentinelNumbers.cutOff, 'cut')).rejects.toThrow()
  expect((await stage.lookUp('cut')).messages).toEqual([])
  expect(await stage.log()).toEqual([])
})
