import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as mis from '#mis'
import * as people from '#people'
import type { School } from '#shards'
import type { Env } from '#workers/env.ts'
import { found, upload } from '../../../test/cast/office.ts'
import { ask, cookieOf, htmlOf, wordsOf } from '../../../test/cast/visitor.ts'
import { open } from '../../../test/doors/people.ts'

/** Mr Pym uploaded the wrong file, and changes his mind. */
const { FILES } = env as unknown as Env
let pym: string
let abara: string
let school: School

beforeAll(async () => {
  const world = await open(env as unknown as Env)
  pym = await cookieOf(world.directory, 'pym')
  abara = await cookieOf(world.directory, 'abara')
  school = world.cast.botolphs.school
})

const csv = (column: string, surname = 'Finch') =>
  new TextEncoder().encode(
    `Adno,Surname,Forename,DOB,${column}\r\nF1,${surname},Robin,01/02/2018,None\r\n`,
  )

async function unmatched(column: string, files: R2Bucket = FILES): Promise<mis.Import> {
  const [bytes, fileName] = [csv(column), 'wrong.csv']
  const file = { bytes, fileName, isPartial: true, dfeNumber: null, ourName: 'St Botolph’s' }
  const taken = await mis.upload(school, files, file)
  return found(school, taken.ok ? taken.id : ('imp_none' as mis.Import['id']))
}

const pathOf = ({ id }: mis.Import) => `/school/imports/${id}`

const keysOf = async ({ id }: mis.Import) =>
  (await FILES.list({ prefix: `imports/${school.id}/${id}/` })).objects.map(({ key }) => key)

/** What the list says in the row of an import. */
async function rowOf(imported: mis.Import): Promise<string> {
  const html = await htmlOf(ask(pym, '/school/imports'))
  const row = html.split('<tr').find((each) => each.includes(pathOf(imported)))
  return row?.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') ?? ''
}

test('a file whose columns are not matched yet can be discarded from their page, once he is asked', async () => {
  const imported = await unmatched('Sports A')
  const path = pathOf(imported)
  const matching = await htmlOf(ask(pym, `${path}/mapping`))
  expect(matching).toContain('for 24 hours at most')
  expect(matching).toContain(`href="${path}/discarded"`)

  const asked = await htmlOf(ask(pym, `${path}/discarded`))
  expect(asked).toContain('all that was read from it is destroyed')
  expect(asked).toContain(`action="${path}/discarded"`)
  expect(asked).toContain(`href="${path}"`)
  expect(asked).not.toContain('broke off')
  expect((await found(school, imported.id)).state).toBe('uploaded')
  expect(await keysOf(imported)).toHaveLength(1)

  const done = await ask(pym, `${path}/discarded`, {})
  expect([done.status, done.headers.get('Location')]).toEqual([303, '/school/imports'])
  expect(await keysOf(imported)).toEqual([])
  expect(await rowOf(imported)).toContain('Nothing was changed')
})

test('what is applied already is not discarded, and he is told so', async () => {
  const imported = await upload(school, FILES, csv('Sports B'), { isPartial: true })
  const path = pathOf(imported)
  expect(await rowOf(imported)).toContain('Pupils: 1 would be added')
  expect(await mis.apply(school, FILES, imported)).toBeUndefined()
  expect(await rowOf(imported)).toContain('Pupils: 1 added')

  const before = await people.snapshot(school)
  for (const form of [undefined, {}]) {
    const refused = await ask(pym, `${path}/discarded`, form)
    expect([refused.status, refused.headers.get('Location')]).toEqual([303, path])
    const cookie = `${pym}; ${refused.headers.get('Set-Cookie')?.split(';')[0]}`
    expect(await wordsOf(ask(cookie, path))).toContain('Nothing was discarded')
  }
  expect((await found(school, imported.id)).state).toBe('applied')
  expect(await people.snapshot(school)).toEqual(before)
})

test('a file whose upload broke off leads to one page, which says what to do', async () => {
  const known = await upload(school, FILES, csv('Sports C'), { isPartial: true })
  const full = new Proxy(FILES, {
    get: (bucket, name) => {
      if (name === 'put') return () => Promise.reject(new Error('full'))
      const value: unknown = Reflect.get(bucket, name)
      return typeof value === 'function' ? value.bind(bucket) : value
    },
  })
  await expect(unmatched('Sports C', full)).rejects.toThrow('full')
  const broken = (await mis.list(school)).find(({ state }) => state === 'uploaded') as mis.Import
  const path = pathOf(broken)
  expect((await ask(pym, path)).headers.get('Location')).toBe(`${path}/mapping`)
  expect((await ask(pym, `${path}/mapping`)).headers.get('Location')).toBe(`${path}/discarded`)
  const asked = await htmlOf(ask(pym, `${path}/discarded`))
  expect(asked).toContain('upload the file again')
  expect(asked).not.toContain(`href="${path}"`)
  for (const each of [known, broken])
    expect((await ask(pym, `${pathOf(each)}/discarded`, {})).status).toBe(303)
})

test('nobody next door is asked, or can discard it', async () => {
  const imported = await unmatched('Sports D')
  for (const form of [undefined, {}]) {
    expect((await ask(abara, `${pathOf(imported)}/discarded`, form)).status).toBe(404)
  }
  expect((await found(school, imported.id)).state).toBe('uploaded')
})
