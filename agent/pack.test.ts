import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../scripts/places.ts'
import { type Offered, packAgent, packed } from './pack.ts'

// What a school downloads, made afresh and compared with what Schoolgate's pages say of it.
let zip: Uint8Array
let files: Record<string, Uint8Array>
let said: Offered

const digestOf = (bytes: Uint8Array = new Uint8Array()) =>
  createHash('sha256').update(bytes).digest('hex')
const saying = (): Offered => JSON.parse(readFileSync(join(root, 'dist', 'agent.json'), 'utf8'))

beforeAll(async () => {
  await packAgent()
  zip = (await packed()).zip
  files = unzipSync(zip)
  said = saying()
})

test('the same source makes the same bytes, of which the pages say size and digest', () => {
  expect(said).toMatchObject({ bytes: zip.length, sha256: digestOf(zip) })
  expect(said.programSha256).toBe(digestOf(files['agent.mjs']))
})

test('what is served under that name is it, and browsers save it by its version', () => {
  const served = readFileSync(join(root, 'dist', 'public', said.href))
  expect(digestOf(served)).toBe(said.sha256)
  expect(said.href.endsWith(`/schoolgate-agent-${said.version}.zip`)).toBe(true)
  expect(said.href).toMatch(/^\/assets\/agent-[0-9a-f]{12}\//)
})

test('the program, the instructions and every recipe are in it, and nothing else', () => {
  expect(Object.keys(files).toSorted()).toEqual([
    'README.txt',
    'agent.mjs',
    'recipes/csv.json',
    'recipes/linux/schoolgate-agent-push.service',
    'recipes/linux/schoolgate-agent-push.timer',
    'recipes/linux/schoolgate-agent.service',
    'recipes/sims.json',
    'recipes/windows/agent.ps1',
    'recipes/windows/enrol.ps1',
    'recipes/windows/install.ps1',
    'recipes/windows/schoolgate-agent.xml',
    'recipes/wonde.json',
  ])
  expect(strFromU8(files['agent.mjs'] ?? new Uint8Array())).toContain(said.version)
})

test('what is named in the instructions comes with them', () => {
  const text = strFromU8(files['README.txt'] ?? new Uint8Array())
  const named = [...text.matchAll(/(recipes[/\\][\w.\\/-]+\w)/g)].map(([, path = '']) =>
    path.replaceAll('\\', '/'),
  )
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((path) => !(path in files))).toEqual([])
})

test('nothing is made again while nothing has changed', async () => {
  const place = join(root, 'dist', 'public', said.href)
  const { mtimeMs } = statSync(place)
  await packAgent()
  expect(statSync(place).mtimeMs).toBe(mtimeMs)
  await packAgent({ isForced: true })
  expect(statSync(place).mtimeMs).toBeGreaterThan(mtimeMs)
  expect(saying()).toEqual(said)
})
