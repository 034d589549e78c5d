import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openStage, PARENT, SCHOOL, type Stage } from './testing.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.call('/log', { method: 'DELETE' })
  stage.receiver.posted.length = 0
})
afterAll(() => stage.close())

const page = async (path: string) => (await stage.call(path)).text()
const reply = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  stage.call(`/phones/${PARENT}/replies`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  })
const inbound = () => stage.receiver.posted.filter(({ path }) => path.endsWith('/inbound'))

test.each(['/', '/phones', '/inboxes', '/faults', `/phones/${PARENT}`, '/inboxes/a@example.com'])(
  '%s says that it is pretend, and loads nothing from elsewhere',
  async (path) => {
    const response = await stage.call(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('referrer-policy')).toBe('same-origin') // else posts have no Origin
    const text = (await response.text()).replaceAll(/\s+/g, ' ')
    expect(text).toContain('these phones are pretend. Nothing here reaches a real person.')
    expect(text).not.toMatch(/(src|rel="stylesheet" href)="(https?:)?\/\//)
  },
)

test('empty pages say what to do', async () => {
  expect(await page('/')).toContain('Nothing has been sent yet')
  expect(await page('/phones')).toContain('No phone has had a text yet')
  expect(await page('/inboxes')).toContain('No e-mail has been sent yet')
  expect(await page('/phones?q=07700900999')).toContain('open 07700 900999')
})

test('a text shows on its phone, as text and not as markup', async () => {
  await stage.text(PARENT, 'a', 'larch', '<b>Snow</b> & ice: https://schoolgate.example/l/1.')
  expect(await page('/phones')).toContain('07700 900123')
  const thread = await page(`/phones/${PARENT}`)
  expect(thread).toContain('&lt;b&gt;Snow&lt;/b&gt; &amp; ice')
  expect(thread).toContain('<a href="https://schoolgate.example/l/1" rel="noopener noreferrer">')
  expect(thread).not.toContain('<b>Snow')
})

test('an e-mail shows in its inbox', async () => {
  await stage.mail('adeyemi@example.com', 'm')
  expect(await page('/inboxes')).toContain('/inboxes/adeyemi@example.com')
  const inbox = await page('/inboxes/adeyemi@example.com')
  expect(inbox).toContain('<h2>Snow</h2>')
  expect(inbox).toContain('Closed today')
})

test('a reply goes to the number that texted, signed, and shows on the phone', async () => {
  await stage.text(PARENT, 'a', 'rowan')
  const response = await reply({ school: `rowan ${SCHOOL}`, text: 'Thank you' })
  expect([response.status, response.headers.get('location')]).toEqual([303, `/phones/${PARENT}`])
  await vi.waitFor(() => expect(inbound()).toHaveLength(1))
  expect(inbound()[0]).toMatchObject({
    path: '/hooks/sms/rowan/inbound',
    body: { from: PARENT, to: SCHOOL, text: 'Thank you', eventId: expect.stringMatching(/^inb_/) },
  })
  expect(await page(`/phones/${PARENT}`)).toContain('Thank you')
})

test('STOP is one press, and a reply not answered comes again', async () => {
  await stage.text(PARENT, 'a')
  stage.receiver.answer(500, 500, 500, 500)
  await reply({ school: `larch ${SCHOOL}`, text: '', stop: 'yes' })
  await vi.waitFor(() => expect(inbound().length).toBeGreaterThanOrEqual(2), 5_000)
  expect(new Set(inbound().map(({ webhookId }) => webhookId)).size).toBe(1)
  expect(inbound()[0]?.body).toMatchObject({ text: 'STOP' })
})

test('a phone that had no text can write first', async () => {
  await reply({ to: '01632 960100', provider: 'larch', text: 'Hello?' })
  await vi.waitFor(() => expect(inbound()[0]?.body).toMatchObject({ to: SCHOOL, text: 'Hello?' }))
})

test('what cannot be sent is kept and explained, and nothing is posted', async () => {
  const blank = await reply({ school: `larch ${SCHOOL}`, text: ' ' })
  expect(blank.status).toBe(422)
  expect(await blank.text()).toContain('Type what this phone should say')
  const lost = await (await reply({ to: 'the school', provider: 'larch', text: 'Hello?' })).text()
  expect(lost).toContain('Give the number that the text goes to')
  expect(lost).toContain('Hello?</textarea>')
  expect((await reply({ school: `larch ${SCHOOL}`, text: 'x'.repeat(1_601) })).status).toBe(422)
  expect(inbound()).toEqual([])
})

test('another site’s page may not make a phone reply', async () => {
  const fields = { school: `larch ${SCHOOL}`, text: 'forged' }
  for (const origin of ['https://elsewhere.example', 'null'])
    expect((await reply(fields, { origin })).status).toBe(403)
  expect(inbound()).toEqual([])
})

test('the script gets the live parts when there is news, else nothing', async () => {
  await stage.fault({ provider: 'larch', receiptDelayMs: 60_000 })
  await stage.text(PARENT, 'a')
  const live = (version: string) =>
    stage.call(`/phones/${PARENT}`, { headers: { 'x-live': version } })
  const news = (await (await live('old')).json()) as { version: string; parts: { thread: string } }
  expect(news.parts.thread).toContain('School is closed today')
  expect(news.parts).not.toHaveProperty('reply')
  expect((await live(news.version)).status).toBe(204)
  await stage.text(PARENT, 'b')
  await vi.waitFor(async () => expect((await live(news.version)).status).toBe(200))
  await stage.fault({ provider: 'larch', receiptDelayMs: 0 })
})

test('what is not there is not found', async () => {
  for (const path of ['/nope', '/phones/mum', '/inboxes/nobody', '/sandbox.sqlite'])
    expect((await stage.call(path)).status).toBe(404)
})
