import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import { Directory } from '#shards'
import { users } from '#workers/access/directory-tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, PASSWORD } from '../../../test/cast/visitor.ts'

// Sol asks for an export; Kit, the other Administrator of the operator, decides.
const reason = 'The head asked for the list of accounts'
let directory: Directory
let cast: Cast
let sol: string
let kit: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password: PASSWORD })
  // Nobody decides whose account was opened this week.
  const createdAtMs = Date.now() - 8 * 24 * 60 * 60_000
  await directory.db.update(users).set({ createdAtMs })
  // What somebody calls themselves is what a spreadsheet would open.
  await access.addUser(directory, cast.botolphs.school, {
    role: 'basic',
    name: '=HYPERLINK("https://evil.example")',
    email: 'sly@st-botolphs.example',
    password: PASSWORD,
  })
  sol = await cookieOf(directory, 'sol')
  kit = await cookieOf(directory, 'kit')
})

const read = async (cookie: string, path: string) =>
  (await (await ask(cookie, path)).text()).replace(/\s+/g, ' ')

async function asked(what: string): Promise<string> {
  const path = `/operator/organisations/${cast.botolphs.id}/bulk-export`
  const answer = await ask(sol, path, { what, reason })
  expect(answer.status).toBe(303)
  return answer.headers.get('Location') ?? ''
}

describe('a bulk export', () => {
  test('says what is missing, and keeps what was typed', async () => {
    const path = `/operator/organisations/${cast.botolphs.id}/bulk-export`
    const answer = await ask(sol, path, { reason: 'because' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('Choose what is exported')
    expect(html).toContain('at least 10 characters')
    expect(html).toContain('because')
    expect((await ask(sol, path, { what: 'pupils', reason })).status).toBe(422)
  })

  test('waits: whoever asked can neither agree nor fetch', async () => {
    const path = await asked('users')
    const page = await read(sol, path)
    expect(page).toContain('Another Administrator has to decide on it')
    expect(page).not.toContain('Approve')
    expect((await ask(sol, `${path}/approval`, {})).status).toBe(409)
    const fetched = await ask(sol, `${path}/file`, {})
    expect([fetched.status, fetched.headers.get('Content-Disposition')]).toEqual([409, null])
  })

  test('is agreed to by the other, and fetched once by whoever asked, with no formula in it', async () => {
    const path = await asked('users')
    expect(await read(kit, path)).toContain('Approve')
    expect((await ask(kit, `${path}/approval`, {})).status).toBe(303)
    expect((await ask(kit, `${path}/file`, {})).status).toBe(409)

    const file = await ask(sol, `${path}/file`, {})
    expect(file.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(file.headers.get('Cache-Control')).toBe('no-store')
    const lines = await file.text()
    expect(lines).toContain('Mrs Ngozi Okafor,okafor@st-botolphs.example,Administrator')
    expect(lines).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
    expect(lines).not.toContain('abara')
    expect((await ask(sol, `${path}/file`, {})).status).toBe(409)
  })

  test('is on the customer’s page and in its trail with why, to its Administrators', async () => {
    const path = await asked('users')
    const okafor = await cookieOf(directory, 'okafor')
    const page = await read(okafor, '/school/support')
    expect(page).toContain('Data that Schoolgate exported')
    expect(page).toContain(reason)
    expect(page).toContain('Waiting for a second person')
    const id = path.split('/').at(-1)
    expect(await read(okafor, `/school/trail?subject=${id}`)).toContain(reason)
    const abara = await cookieOf(directory, 'abara')
    expect(await read(abara, '/school/support')).toContain('Nothing yet')
    expect(await read(sol, `/operator/trail?subject=${id}`)).toContain('asked for an export')
  })

  test('of the trail has every entry, in ids', async () => {
    const path = await asked('trail')
    await ask(kit, `${path}/approval`, {})
    const lines = await (await ask(sol, `${path}/file`, {})).text()
    expect(lines.startsWith('When,')).toBe(true)
    expect(lines).toContain('organisation.created')
    expect(lines).toContain('bulk-export.fetched')
    expect(lines).not.toContain('Okafor')
  })

  test('that was refused stays so', async () => {
    const path = await asked('users')
    expect((await ask(kit, `${path}/refusal`, {})).status).toBe(303)
    expect((await ask(kit, `${path}/approval`, {})).status).toBe(409)
    expect((await ask(sol, `${path}/file`, {})).status).toBe(409)
    expect(await read(sol, '/operator/bulk-exports')).toContain('Refused')
  })

  test('is nothing for the other levels', async () => {
    const path = await asked('users')
    for (const name of ['dot', 'lin', 'okafor'] as const) {
      const cookie = await cookieOf(directory, name)
      for (const shut of ['/operator/bulk-exports', path]) {
        expect((await ask(cookie, shut)).status).toBe(404)
      }
    }
  })
})
