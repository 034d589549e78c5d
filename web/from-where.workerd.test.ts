import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Account, type CastUser, castUsers } from '../test/cast/accounts.ts'
import { type Cast, settle } from '../test/cast/settle.ts'
import { madeWhole } from '../test/cast/whole-session.ts'

// Mrs Okafor works at school and at home; Sol, of the operator, comes to St Botolph's keys.
const ORIGIN = 'http://schoolgate.test'
const password = 'a gate left ajar'
const AT_SCHOOL = { 'CF-Connecting-IP': '203.0.113.5', 'CF-IPCountry': 'GB' }
const AT_HOME = { 'CF-Connecting-IP': '2001:db8:7:7::5', 'CF-IPCountry': 'GB' }
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let cast: Cast

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password })
})

async function signedIn(who: CastUser, at: Record<string, string>) {
  const { email }: Account = castUsers[who]
  const ask = (path: string, cookie: string, form?: Record<string, string>) =>
    worker.fetch(
      new Request(`${ORIGIN}${path}`, {
        headers: { ...at, Origin: ORIGIN, Cookie: cookie },
        redirect: 'manual',
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      }),
    )
  const entered = await ask('/sign-in', '', { email, password })
  const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0])
  await madeWhole(directory, cookie[0]?.split('=')[1] ?? '')
  return (path: string, form?: Record<string, string>) => ask(path, cookie.join('; '), form)
}

const entries = async (school: School, action: string) =>
  (await audit.list(school, { limit: 200 })).filter((entry) => entry.action === action)

test('what somebody does is noted with the network they do it from, and no address', async () => {
  const { school } = cast.botolphs
  const path = `/school/pupils/${cast.botolphs.pupil('Amara Adeyemi')}`
  for (const at of [AT_SCHOOL, AT_HOME]) {
    const okafor = await signedIn('okafor', at)
    expect((await okafor(path)).status).toBe(200)
  }
  const [atHome, atSchool] = await entries(school, 'pupil.viewed')
  const [homeIn, schoolIn] = await entries(school, 'user.signed-in')
  expect(atSchool?.fromWhere).toMatch(/^GB-[\w-]{8}$/)
  expect(schoolIn?.fromWhere).toBe(atSchool?.fromWhere)
  expect(homeIn?.fromWhere).toBe(atHome?.fromWhere)
  expect(atHome?.fromWhere).not.toBe(atSchool?.fromWhere)
  const all = JSON.stringify(await audit.list(school, { limit: 200 }))
  expect(all).not.toMatch(/203\.0\.113|2001:db8/)
})

test('the trail page shows it, and nothing where the machine acted', async () => {
  const okafor = await signedIn('okafor', AT_SCHOOL)
  const html = await (await okafor('/school/trail')).text()
  expect(html).toContain('From where')
  expect(html).toMatch(/GB, network [\w-]{8}</)
  const [seeded] = await entries(cast.botolphs.school, 'roll.seeded')
  expect(seeded).toMatchObject({ actorKind: 'system', fromWhere: null })
})

test('an operator’s visit is noted under the customer’s own key', async () => {
  const sol = await signedIn('sol', AT_SCHOOL)
  await sol(`/operator/keys/${cast.botolphs.id}/rotation`, {})
  const [rotated] = await entries(cast.botolphs.school, 'key.rotated')
  const [own] = await entries(cast.operator.school, 'user.signed-in')
  const [okafors] = await entries(cast.botolphs.school, 'user.signed-in')
  expect(rotated).toMatchObject({ actorId: cast.operator.user('sol') })
  expect(rotated?.fromWhere).toMatch(/^GB-/)
  expect(rotated?.fromWhere).not.toBe(own?.fromWhere)
  expect(rotated?.fromWhere).toBe(okafors?.fromWhere)
})
