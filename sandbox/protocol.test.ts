import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { KEY, openStage, PARENT, SCHOOL, type Stage } from './testing.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.call('/log', { method: 'DELETE' }))
afterAll(() => stage.close())

const post = (path: string, body: string, key = KEY) =>
  stage.call(path, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body })

describe('sending', () => {
  test.each(['larch', 'rowan'])('%s accepts a text and gives it an id of its own', async (name) => {
    const response = await stage.text(PARENT, 'ref-1', name)
    expect(response.status).toBe(202)
    const { messageId } = (await response.json()) as { messageId: string }
    expect(messageId).toMatch(name === 'larch' ? /^lar_\w{32}$/ : /^row_\w{32}$/)
  })

  test('birch accepts an e-mail', async () => {
    const response = await stage.mail('adeyemi@example.com', 'ref-1')
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ messageId: expect.stringMatching(/^bir_/) })
    expect(await stage.log()).toMatchObject([{ channel: 'email', subject: 'Snow' }])
  })

  test('a wrong key is turned away, and nothing is recorded', async () => {
    const order = JSON.stringify({ to: PARENT, from: SCHOOL, text: 'x', reference: 'r' })
    expect((await post('/sms/larch/messages', order, 'wrong')).status).toBe(401)
    expect((await stage.call('/sms/larch/messages?reference=r')).status).toBe(401)
    expect(await stage.log()).toEqual([])
  })

  test.each(['07700 900123', '+0770090012', 'Mrs Adeyemi', '+44770090012345678'])(
    'the number %s is not valid',
    async (to) => {
      const response = await stage.text(to, 'ref-1')
      expect(response.status).toBe(422)
      expect(await response.json()).toEqual({ error: 'invalid-number' })
    },
  )

  test.each([
    ['{"to":', 'body'],
    ['null', 'body'],
    ['{"to":"+447700900123","from":"x","text":"x"}', 'reference'],
    ['{"to":"+447700900123","from":"x","reference":"r","text":""}', 'text'],
    ['{"to":"+447700900123","reference":"r","text":"x"}', 'from'],
    ['{"to":7,"from":"x","reference":"r","text":"x"}', 'to'],
  ])('%s names the field at fault: %s', async (body, field) => {
    const response = await post('/sms/rowan/messages', body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: 'invalid-request', field })
  })

  test('a body over 256 kB is refused', async () => {
    const order = { to: PARENT, from: SCHOOL, reference: 'r', text: 'x'.repeat(256 * 1024) }
    expect((await post('/sms/larch/messages', JSON.stringify(order))).status).toBe(413)
    expect(await stage.log()).toEqual([])
  })
})

describe('looking up and the log', () => {
  test('a reference is found by the provider that took it, and by no other', async () => {
    await stage.text(PARENT, 'ref-1', 'larch')
    const { messages } = await stage.lookUp('ref-1')
    expect(messages).toMatchObject([{ messageId: expect.stringMatching(/^lar_/) }])
    expect(await stage.lookUp('ref-1', 'rowan')).toEqual({ messages: [] })
    expect(await stage.lookUp('never-sent')).toEqual({ messages: [] })
  })

  test('a carrier does not notice repeats, and the log counts them', async () => {
    await stage.text(PARENT, 'once')
    await stage.text(PARENT, 'twice', 'larch')
    await stage.text(PARENT, 'twice', 'rowan')
    const log = await stage.log()
    expect(log.map(({ reference, timesSeen }) => [reference, timesSeen])).toEqual([
      ['once', 1],
      ['twice', 2],
      ['twice', 2],
    ])
    expect(await stage.summary()).toMatchObject({
      accepted: 3,
      distinctReferences: 2,
      seenMoreThanOnce: 1,
    })
  })

  test('the log is read a page at a time, in order', async () => {
    for (let each = 0; each < 5; each++) await stage.text(PARENT, `ref-${each}`)
    const first = await stage.log('?limit=3')
    const rest = await stage.log(`?limit=3&after=${first.at(-1)?.position}`)
    expect([...first, ...rest].map((message) => message.reference)).toEqual([
      'ref-0',
      'ref-1',
      'ref-2',
      'ref-3',
      'ref-4',
    ])
    expect((await stage.call('/log.json?limit=1001')).status).toBe(400)
    expect((await stage.call('/log.json?after=-1')).status).toBe(400)
  })

  test('five hundred at once are all in the log, each once', async () => {
    const references = Array.from({ length: 500 }, (_, place) => `burst-${place}`)
    await Promise.all(references.map((reference) => stage.text(PARENT, reference)))
    const seen = (await stage.log()).map((message) => message.reference)
    expect(seen.toSorted()).toEqual(references.toSorted())
    expect(await stage.summary()).toMatchObject({ accepted: 500, seenMoreThanOnce: 0 })
  })

  test('health is one word', async () => {
    expect(await (await stage.call('/healthz')).json()).toEqual({ ok: true })
  })
})
