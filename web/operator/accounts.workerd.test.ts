import { env } from 'cloudflare:workers'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { millipence, newId } from '#kernel'
import * as schools from '#schools'
import { Directory, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import { ask, cookieOf, PASSWORD } from '../../test/cast/visitor.ts'

// Lin is the operator's Finance. St Botolph's has bought £250; Oakfield is £2 over what it bought.
let directory: Directory
let cast: Cast
let lin: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password: PASSWORD })
  await schools.create(directory, { kind: 'school', name: '=cmd|x School', by: system('seed') })
  const { school } = cast.oakfield
  const message = newId('message')
  await school.commit(
    schools.spent(school, message, millipence(25_200)),
    audit.entry(school, 'message.dispatched', message),
  )
  lin = await cookieOf(directory, 'lin')
})

const read = async (path: string) => (await (await ask(lin, path)).text()).replace(/\s+/g, ' ')

test('Finance is led from home to what each customer bought and spent, and sees nothing else', async () => {
  expect(await read('/operator')).toContain('href="/operator/accounts"')
  const shown = await read('/operator/accounts')
  expect(shown).toContain('St Botolph’s Primary')
  expect(shown).toContain('£250.00')
  expect(shown).toContain('-£2.00')
  expect(shown).not.toMatch(/Marsh|Adeyemi|Okafor/)
  expect(await read('/operator/accounts?month=1999-01&page=x')).toContain('£250.00')
  for (const path of ['/operator/organisations', '/operator/dead-letters', '/operator/keys']) {
    expect((await ask(lin, path)).status).toBe(404)
  }
  expect((await ask(await cookieOf(directory, 'dot'), '/operator/accounts')).status).toBe(404)
})

test('last month nothing was bought, and the balance is today’s all the same', async () => {
  const months = (await read('/operator/accounts')).match(/<option value="(\d{4}-\d\d)"/g) ?? []
  const last = /"(.*)"/.exec(months[1] ?? '')?.[1]
  const shown = await read(`/operator/accounts?month=${last}`)
  const row = /St Botolph’s Primary.*?<\/tr>/.exec(shown)?.[0] ?? ''
  expect(row.match(/£[\d.,]+/g)).toEqual([
    ...['£0.00', '£0.00', '£0.00'],
    ...['£250.00', '£0.00', '£0.00', '£250.00'],
  ])
})

test('a month is exported to the thousandth of a penny, no name runs as a formula, and the trail says it', async () => {
  const answer = await ask(lin, '/operator/accounts/export', { month: 'nonsense' })
  expect(answer.headers.get('Content-Disposition')).toMatch(/accounts-\d{4}-\d\d\.csv/)
  const lines = parse(await answer.text(), { bom: true }) as string[][]
  const lineOf = (name: string) => lines.find((line) => line[1] === name)
  expect(lineOf('Oakfield Academy')?.slice(4)).toEqual([
    '250.00',
    '252.00',
    '0.00',
    '250.00',
    '252.00',
    '0.00',
    '0.00',
    '2.00',
  ])
  expect(lineOf('Northmoor Council')?.at(-1)).toBe('0.00')
  expect(lineOf('Schoolgate')).toBeUndefined()
  expect(lineOf("'=cmd|x School")).toBeDefined()
  const [exported] = await audit.about(cast.operator.school, cast.operator.id, 1)
  expect(exported).toMatchObject({
    action: 'accounts.exported',
    actorId: cast.operator.user('lin'),
    facts: { accounts: lines.length - 1 },
  })
})
