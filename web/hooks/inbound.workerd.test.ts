import { env, exports } from 'cloudflare:workers'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { newId, type UserId } from '#kernel'
import * as messaging from '#messaging'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { secretOf } from '../../sandbox/provider-secret.ts'
import { testSecrets } from '../../test/cast/secrets.ts'
import { settle } from '../../test/cast/settle.ts'

/** Larch, a carrier, tells of texts that were sent to numbers; St Botolph's has 07700 900001. */
const worker = (exports as unknown as { default: Fetcher }).default
const okafor = { id: newId('user') as UserId, years: null, seesAll: true }
let school: School

beforeAll(async () => {
  school = (await settle(new Directory(await premisesOf(env as unknown as Env)))).botolphs.school
})

afterEach(() => vi.restoreAllMocks())

function told(to: string, channel = 'sms') {
  const eventId = newId('request')
  const at = new Date()
  const body = JSON.stringify({ eventId, from: '+447700900011', to, text: 'On my way', at })
  const secret = secretOf(testSecrets.SANDBOX_WEBHOOK_SECRET, channel === 'sms' ? 'larch' : 'birch')
  const headers = {
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(eventId, at, body),
  }
  const path = channel === 'sms' ? '/hooks/sms/larch/inbound' : '/hooks/email/birch/inbound'
  return worker.fetch(`http://schoolgate.test${path}`, { method: 'POST', headers, body })
}

const unread = async () => (await messaging.countThreads(school, okafor)).unread

test('a text finds its school, in whichever way its number is written', async () => {
  for (const [already, to] of ['+447700900001', '07700 900001', '447700900001'].entries()) {
    expect((await told(to)).status).toBe(204)
    expect(await unread()).toBe(already + 1)
  }
})

test('one to a number of nobody’s is answered all the same, and noted without the number', async () => {
  const noted = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const before = await unread()
  for (const to of ['+447700900999', 'SCHOOL']) expect((await told(to)).status).toBe(204)
  expect(await unread()).toBe(before)
  const lines = noted.mock.calls.flat().filter((line) => String(line).includes('inbound.unclaimed'))
  expect(lines).toHaveLength(2)
  expect(lines.join()).not.toContain('900999')
})

test('there are no answers by e-mail', async () => {
  const before = await unread()
  expect((await told('+447700900001', 'email')).status).toBe(404)
  expect(await unread()).toBe(before)
})
