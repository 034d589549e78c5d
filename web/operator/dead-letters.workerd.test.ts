import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import * as delivery from '#delivery'
import { newId } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { wholeSession } from '../../test/cast/whole-session.ts'

// Sol may mend queues; Dot may only look.
const ORIGIN = 'http://schoolgate.test'
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let operator: School
let sol: string
let dot: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'operator', name: 'Schoolgate', by })
  operator = (await directory.school(id, by)) as School
  sol = await signedIn('sol@schoolgate.example', 'operator-administrator')
  dot = await signedIn('dot@schoolgate.example', 'operator-basic')
})

async function signedIn(email: string, role: access.Role): Promise<string> {
  await access.addUser(directory, operator, { role, name: 'Operator', email, password })
  return wholeSession(directory, { email, password })
}

const ask = (cookie: string, path: string, method = 'GET') =>
  worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      method,
      headers: { Cookie: cookie, Origin: ORIGIN },
      redirect: 'manual',
    }),
  )

async function died(body: unknown) {
  await delivery.deadLetters.keep(directory, 'sends', newId('request'), body)
  const [letter] = await delivery.deadLetters.list(directory)
  return letter as delivery.deadLetters.DeadLetter
}

const job = () => ({ shard: 0, school: newId('organisation'), message: newId('message') })
const page = '/operator/dead-letters'

describe('dead letters', () => {
  test('are none at first, and the page says so', async () => {
    expect(await (await ask(sol, page)).text()).toContain('No dead letters')
  })

  test('are shown by ids only', async () => {
    const body = job()
    await died({ ...body, note: 'Amara Adeyemi is ill' })
    const html = await (await ask(dot, page)).text()
    expect(html).toContain(body.message)
    expect(html).toContain(body.school)
    expect(html).not.toContain('Amara')
    expect(await (await ask(dot, '/operator')).text()).toMatch(/sg-stat--urgent/)
  })

  test('go back on their queue, once, with an entry in the operator’s own trail', async () => {
    const letter = await died(job())
    const retry = () => ask(sol, `${page}/${letter.id}/retry`, 'POST')
    const response = await retry()
    expect([response.status, response.headers.get('Location')]).toEqual([303, page])
    expect(await delivery.deadLetters.find(directory, letter.id)).toBeUndefined()
    expect((await retry()).status).toBe(404)
    expect(await actionsOn(letter.id)).toEqual(['dead-letter.retried'])
  })

  test('are let go', async () => {
    const letter = await died(job())
    expect((await ask(sol, `${page}/${letter.id}/discard`, 'POST')).status).toBe(303)
    expect(await (await ask(sol, page)).text()).not.toContain(letter.id)
    expect(await actionsOn(letter.id)).toEqual(['dead-letter.discarded'])
  })

  test('are not mended by who may only look', async () => {
    const letter = await died(job())
    expect(await (await ask(dot, page)).text()).not.toContain(`${letter.id}/retry`)
    expect((await ask(dot, `${page}/${letter.id}/retry`, 'POST')).status).toBe(404)
    expect(await delivery.deadLetters.find(directory, letter.id)).toBeDefined()
  })

  test.each(['dlq_00000000000000000000000000', 'usr_00000000000000000000000000', 'x', '%00'])(
    'that are not there are not found: %s',
    async (id) => {
      expect((await ask(sol, `${page}/${id}/discard`, 'POST')).status).toBe(404)
    },
  )

  const actionsOn = async (id: string) =>
    (await audit.about(operator, id, 5)).map(({ action }) => action)
})
