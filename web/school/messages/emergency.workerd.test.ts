import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Env } from '#workers/env.ts'
import { ORIGIN, proof } from '../../../test/doors/knock.ts'
import { open, type World } from '../../../test/doors/people.ts'

/** An emergency goes at any hour, overtakes everything and may overdraw: Mrs Okafor's alone to send. */
const worker = (exports as unknown as { default: Fetcher }).default
const NEW = '/school/messages/new'
let world: World

beforeAll(async () => {
  world = await open(env as unknown as Env)
})

async function ask(called: string, fields?: Record<string, string>) {
  const who = world.people.find((person) => person.called === called)
  const response = await worker.fetch(`${ORIGIN}${NEW}`, {
    headers: { Cookie: `__Host-session=${await who?.token()}`, ...(fields && proof) },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    redirect: 'manual',
  })
  return { status: response.status, text: await response.text() }
}

const emergency = () => ({
  step: 'continue',
  to: 'some-pupils',
  pupils: world.cast.botolphs.pupil('Amara Adeyemi'),
  category: 'emergency',
  channel: 'sms',
  text: 'The school is being evacuated.',
})

test('it is offered to an Administrator alone', async () => {
  expect((await ask('an Administrator')).text).toContain('value="emergency"')
  const basic = await ask('a Basic User')
  expect(basic.status).toBe(200)
  expect(basic.text).not.toContain('value="emergency"')
})

test('it is refused at its field where somebody else posts it all the same', async () => {
  expect((await ask('an Administrator', emergency())).status).toBe(303)
  const refused = await ask('a Basic User', emergency())
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('<a href="#category">')
  expect(refused.text).toContain('only an Administrator sends emergencies')
})
