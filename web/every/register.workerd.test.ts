import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { Directory } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers, type CastUser } from '../../test/cast/accounts.ts'
import { settle } from '../../test/cast/settle.ts'
import { wholeSession } from '../../test/cast/whole-session.ts'

// St Botolph's has every product of a school and Arbor; Oakfield has Call Parents; Northmoor is an authority.
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  await settle(directory, { password })
})

async function read(name: CastUser, path: string): Promise<string> {
  const cookie = await wholeSession(directory, { email: castUsers[name].email, password })
  const answer = await worker.fetch(`http://schoolgate.test${path}`, {
    headers: { Cookie: cookie },
  })
  return (await answer.text()).replace(/\s+/g, ' ')
}
const headings = (page: string) =>
  [...page.matchAll(/<h2 class="govuk-heading-m">([^<]*)<\/h2>/g)].map(([, text]) => text)

test('each user of a school reads who is responsible for each of its products, and who processes', async () => {
  const page = await read('bell', '/school/register')
  expect(headings(page)).toEqual([
    'Call Parents',
    'Truancy Call',
    'Our Schools App',
    'Tell By Text',
    'Payments',
  ])
  expect(page).toContain('Controller: <strong>St Botolph’s Primary</strong>')
  for (const words of ['Cloudflare', 'Larch', 'Arbor Education', 'No change is announced']) {
    expect(page).toContain(words)
  }
})

test('of a product that is not subscribed to nothing is said, and of a neighbour’s supplier neither', async () => {
  const page = await read('abara', '/school/register')
  expect(headings(page)).toEqual(['Call Parents'])
  expect(page).toContain('Bromcom Computers')
  expect(page).not.toContain('Arbor')
})

test('for Looked After Call the authority is the controller', async () => {
  const page = await read('farrow', '/authority/register')
  expect(headings(page)).toEqual(['Looked After Call'])
  expect(page).toContain('Controller: <strong>Northmoor Council</strong>')
})

test('the operator reads it of every product, and every page of every area links to it', async () => {
  expect(headings(await read('lin', '/operator/register'))).toHaveLength(6)
  expect(await read('bell', '/school')).toContain('href="/school/register"')
  expect(await read('farrow', '/authority')).toContain('href="/authority/register"')
})
