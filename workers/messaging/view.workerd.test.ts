import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { newId, stoppedClock } from '#kernel'
import * as messaging from '#messaging'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { emptySchool } from '../../test/cast/pieces.ts'

// Two people of a school have a message's page open, which renews itself each second.
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8))
const message = { id: newId('message') }
let okafor: School
let bell: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  const school = await emptySchool(directory, 'Brook Lane Primary', 0)
  okafor = school.as({ kind: 'user', id: newId('user') })
  bell = school.as({ kind: 'user', id: newId('user') })
})

const looks = () => audit.count(okafor, { subject: message.id }, 100)

test('whoever opened the page looked once, however often it renews itself', async () => {
  await messaging.view(okafor, message)
  for (let second = 0; second < 5; second++) await messaging.viewOn(okafor, message)
  expect(await looks()).toBe(1)
})

test('whoever asks for the part that renews itself without the page has looked, too', async () => {
  await messaging.viewOn(bell, message)
  await messaging.viewOn(bell, message)
  expect(await looks()).toBe(2)
})

test('after half an hour it is another look', async () => {
  clock.advance(30 * 60_000 + 1)
  await messaging.viewOn(okafor, message)
  expect(await looks()).toBe(3)
})
