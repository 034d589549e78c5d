import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as access from '#access'
import * as people from '#people'
import * as schools from '#schools'
import { Directory } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { type Cast, settle } from './settle.ts'
import type { TestEnv } from './test-env.ts'

let directory: Directory
let cast: Cast

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as TestEnv))
  cast = await settle(directory, { password: 'a password for the cast', furtherPupils: 20 })
})

test('the two schools are on different shards, and each has its credit', async () => {
  expect([cast.botolphs.school.shard, cast.oakfield.school.shard]).toEqual([0, 1])
  expect(await schools.balance(cast.botolphs.school)).toBe(25_000_000)
})

test('Teddy has a father who must not be told anything', async () => {
  const teddy = await people.find(cast.botolphs.school, cast.botolphs.pupil('Teddy Marsh'))
  const standings = teddy?.contacts.map(({ record, standing }) => [record.forename, standing])
  expect(standings).toEqual([
    ['Kerry', 'none'],
    ['Dean', 'all-contact'],
  ])
})

test('the Lindqvist twins have the same parents, who have one telephone', async () => {
  const { school, pupil } = cast.botolphs
  const [elsa, otto] = await Promise.all(
    ['Elsa Lindqvist', 'Otto Lindqvist'].map((name) => people.find(school, pupil(name))),
  )
  expect(elsa?.contacts.map(({ id }) => id)).toEqual(otto?.contacts.map(({ id }) => id))
  const numbers = elsa?.contacts.map(({ points }) => points.find((p) => p.channel === 'sms')?.value)
  expect(new Set(numbers).size).toBe(1)
})

test('Ivo is on roll no more, everyone else is', async () => {
  const roll = await people.list(cast.botolphs.school)
  expect(roll.map(({ id }) => id)).not.toContain(cast.botolphs.pupil('Ivo Petrov'))
  expect(roll).toHaveLength(12 + 20)
})

test('everyone of the cast can sign in, and nobody else', async () => {
  const from = '192.0.2.1'
  const attempt = { email: 'okafor@st-botolphs.example', password: 'a password for the cast', from }
  const signedIn = await access.signIn(directory, attempt)
  expect('user' in signedIn && signedIn.user.id).toBe(cast.botolphs.user('okafor'))
  expect(
    await access.signIn(directory, { ...attempt, password: 'another password' }),
  ).not.toHaveProperty('user')
  expect(() => cast.botolphs.pupil('Nobody At All')).toThrow('is not settled')
})
