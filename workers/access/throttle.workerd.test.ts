import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { stoppedClock } from '#kernel'
import { Directory } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { GUESSES_WITHIN_MS, guessed, MAX_GUESSES, takenBack } from './throttle.ts'

const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
let directory: Directory
let guessers = 0

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
})

const guess = async (email: string, from = `198.51.100.${++guessers}`) =>
  (await guessed(directory, email, from)) !== undefined

async function guesses(count: number, email: (number: number) => string, from?: string) {
  const answers: boolean[] = []
  for (let number = 0; number < count; number++) answers.push(await guess(email(number), from))
  return answers.filter(Boolean).length
}

test('an account is guessed at ten times, wherever from and however it is written', async () => {
  const email = (number: number) => (number % 2 ? 'Okafor@example.com' : 'okafor@EXAMPLE.com')
  expect(await guesses(MAX_GUESSES + 5, email)).toBe(MAX_GUESSES)
  expect(await guess('bell@example.com')).toBe(true)
})

test('an address guesses ten times, whoever at', async () => {
  const email = (number: number) => `${number}@example.com`
  expect(await guesses(MAX_GUESSES + 5, email, '203.0.113.9')).toBe(MAX_GUESSES)
  expect(await guess('0@example.com', '203.0.113.10')).toBe(true)
})

test('a whole IPv6 network is one address', async () => {
  for (let host = 0; host < MAX_GUESSES; host++) {
    expect(await guess(`v6-${host}@example.com`, `2001:db8:7:7::${host}`)).toBe(true)
  }
  expect(await guess('v6@example.com', '2001:db8:7:7:ffff::1')).toBe(false)
  expect(await guess('v6@example.com', '2001:db8:7:8::1')).toBe(true)
})

test('a refused guess does not lengthen the wait', async () => {
  const email = () => 'patient@example.com'
  await guesses(MAX_GUESSES, email)
  clock.advance(GUESSES_WITHIN_MS - 1)
  expect(await guess(email())).toBe(false)
  clock.advance(1)
  expect(await guess(email())).toBe(true)
})

test('one taken back does not count', async () => {
  for (let number = 0; number < 2 * MAX_GUESSES; number++) {
    const one = await guessed(directory, 'right@example.com', '203.0.113.20')
    expect(one).toBeDefined()
    if (one) await directory.write(takenBack(one))
  }
})

test('fifty at the same moment are ten', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => guess('rush@example.com')))
  expect(answers.filter(Boolean)).toHaveLength(MAX_GUESSES)
})
