import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sentinelNumbers } from './sentinels.ts'
import { openStage, PARENT, type Stage } from './testing.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const outcomes = async (count: number, prefix: string) => {
  const all: string[] = []
  for (let each = 0; each < count; each++)
    all.push(
      await stage.text(PARENT, `${prefix}-${each}`).then(
        (response) => String(response.status),
        () => 'cut',
      ),
    )
  return all
}

test('down is down for one provider only, look-ups included', async () => {
  await stage.fault({ provider: 'larch', down: true })
  expect((await stage.text(PARENT, 'a', 'larch')).status).toBe(503)
  expect((await stage.text(PARENT, 'a', 'rowan')).status).toBe(202)
  expect(await stage.lookUp('a')).toEqual({ error: 'unavailable' })
})

test('a share fails, and the same ones fail again under the same seed', async () => {
  await stage.fault({ provider: 'larch', failPercent: 30 })
  const first = await outcomes(60, 'first')
  const failed = first.filter((outcome) => outcome === '503').length
  expect(failed).toBeGreaterThan(6)
  expect(failed).toBeLessThan(32)
  expect(await stage.summary()).toMatchObject({ accepted: 60 - failed })

  await stage.restart()
  expect(await outcomes(60, 'second')).toEqual(first)
})

test('a dropped connection leaves the message taken', async () => {
  await stage.fault({ provider: 'larch', dropPercent: 100 })
  expect(await outcomes(3, 'drop')).toEqual(['cut', 'cut', 'cut'])
  expect(await stage.log()).toHaveLength(3)
})

test('too many in a second are throttled', async () => {
  await stage.fault({ provider: 'larch', throttlePerSecond: 1 })
  const statuses = await outcomes(8, 'fast')
  expect(statuses).toContain('429')
  expect(statuses).toContain('202')
})

test('latency holds the answer back', async () => {
  await stage.fault({ provider: 'larch', latencyMs: 200 })
  const startedAt = performance.now()
  await stage.text(PARENT, 'slow')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(190)
})

test('receipts doubled and shuffled all arrive', async () => {
  await stage.fault({ provider: 'larch', doubleReceipts: true, shuffleReceipts: true })
  await outcomes(10, 'mixed')
  await vi.waitFor(() => expect(stage.receiver.events()).toHaveLength(40), 3_000)
  const inOrder = Object.values(
    Object.groupBy(stage.receiver.events(), (event) => event.reference),
  ).every((events) => events?.[0]?.status === 'accepted')
  expect(inOrder).toBe(false)
})

test('the carrier’s own record never goes back, whatever order receipts come in', async () => {
  await stage.fault({ provider: 'larch', shuffleReceipts: true })
  const references = Array.from({ length: 12 }, (_, place) => `off-${place}`)
  for (const reference of references) await stage.text(sentinelNumbers.absent, reference)
  await vi.waitFor(() => expect(stage.receiver.events()).toHaveLength(36), 3_000)
  const said = stage.receiver.events().map((event) => event.status)
  expect(said.lastIndexOf('en-route')).toBeGreaterThan(said.indexOf('undeliverable'))
  const statuses = new Set((await stage.log()).map((message) => message.status))
  expect(statuses).toEqual(new Set(['undeliverable']))
})

test('without receipts nobody is told, and a look-up still knows', async () => {
  await stage.fault({ provider: 'larch', noReceipts: true })
  await stage.text(PARENT, 'quiet')
  await vi.waitFor(async () =>
    expect((await stage.lookUp('quiet')).messages[0]?.status).toBe('delivered'),
  )
  expect(stage.receiver.posted).toEqual([])
  expect(await stage.summary()).toMatchObject({ receiptsPending: 0 })
})

test('faults outlive a restart and can be put right', async () => {
  await stage.fault({ provider: 'rowan', latencyMs: 5, down: true })
  await stage.restart()
  const kept = await (await stage.call('/faults.json')).json()
  expect(kept).toMatchObject({ rowan: { latencyMs: 5, down: true }, larch: { down: false } })
  const restored = await (await stage.call('/faults', { method: 'DELETE' })).json()
  expect(restored).toMatchObject({ rowan: { latencyMs: 0, down: false, receiptDelayMs: 1_500 } })
})

test.each([
  [{ provider: 'larch', failPercent: 101 }, 'failPercent'],
  [{ provider: 'larch', latencyMs: '5' }, 'latencyMs'],
  [{ provider: 'larch', down: 1 }, 'down'],
  [{ provider: 'larch', gremlins: true }, 'gremlins'],
  [{ provider: 'willow', down: true }, 'provider'],
])('%j is refused and changes nothing', async (body, field) => {
  const before = await (await stage.call('/faults.json')).json()
  const response = await stage.fault(body)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'invalid-request', field })
  expect(await (await stage.call('/faults.json')).json()).toEqual(before)
})

test('the form changes one provider, and keeps what was mistyped', async () => {
  const form = (fields: Record<string, string>) =>
    stage.call('/faults', { method: 'POST', body: new URLSearchParams(fields) })
  const right = {
    provider: 'birch',
    latencyMs: '20',
    failPercent: '0',
    dropPercent: '0',
    throttlePerSecond: '0',
    receiptDelayMs: '100',
    down: 'yes',
  }
  expect((await form(right)).headers.get('location')).toBe('/faults?changed=birch')
  const now = await (await stage.call('/faults.json')).json()
  expect(now).toMatchObject({ birch: { latencyMs: 20, down: true, noReceipts: false } })

  const wrong = await form({ ...right, latencyMs: 'soon' })
  expect(wrong.status).toBe(422)
  const page = await wrong.text()
  expect(page).toContain('There is a problem')
  expect(page).toMatch(/id="birch-latencyMs"[^>]*value="soon"[^>]*aria-invalid="true"/)
})
