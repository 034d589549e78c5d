import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { millipence, newId, stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { creditEntries } from './tables.ts'

// St Botolph's has bought £250 of credit; Oakfield, on the other shard, nothing.
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const pounds = (amount: number) => millipence(amount * 100)
let directory: Directory
let botolphs: School
let oakfield: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  botolphs = await created('St Botolph’s Primary', '+447700900001', 0)
  oakfield = await created('Oakfield Academy', '+447700900002', 1)
  await schools.bought(botolphs, pounds(250))
})

async function created(name: string, textsFrom: string, shard?: number) {
  const details = { kind: 'school', name, textsFrom, by: system('seed') } as const
  const { id } = await schools.create(
    directory,
    { ...details, smsPriceMillipence: millipence(2.4) },
    shard,
  )
  return (await directory.school(id, system('outbox'))) as School
}

const pay = (school: School, amount = pounds(1), message = newId('message')) =>
  school.commit(
    schools.enoughCredit(school, amount),
    schools.spent(school, message, amount),
    audit.entry(school, 'message.dispatched', message),
  )

describe('an organisation', () => {
  test('is found by its id and by the number it texts from, on the shard it was given', async () => {
    const found = await schools.find(directory, botolphs.id)
    expect(found).toMatchObject({ name: 'St Botolph’s Primary', kind: 'school', state: 'active' })
    expect(await schools.findByNumber(directory, '+447700900001')).toEqual(found)
    expect(await schools.findByNumber(directory, '+447700900009')).toBeUndefined()
    expect([botolphs.shard, oakfield.shard]).toEqual([0, 1])
  })

  test('begins its trail with its own making, and has keys of its own', async () => {
    const made = await audit.about(botolphs, botolphs.id, 10)
    expect(made.map(({ action }) => action)).toContain('organisation.created')
    const [one, other] = [await botolphs.keyring(), await oakfield.keyring()]
    expect(one.current.key).not.toBe(other.current.key)
  })

  test('does not text from another’s number', async () => {
    await expect(created('Elsewhere', '+447700900001')).rejects.toThrow()
    expect((await schools.list(directory)).map(({ name }) => name)).not.toContain('Elsewhere')
  })

  test('is listed by kind and name, page by page', async () => {
    const all = await schools.list(directory)
    const names = all.map(({ name }) => name)
    expect(names.indexOf('Oakfield Academy')).toBeLessThan(names.indexOf('St Botolph’s Primary'))
    expect(await schools.list(directory, { limit: 1, offset: 1 })).toEqual(all.slice(1, 2))
  })
})

describe('credit', () => {
  test('is what was bought, less what was spent, and each school has its own', async () => {
    expect(await schools.balance(botolphs)).toBe(pounds(250))
    expect(await schools.balance(oakfield)).toBe(0)
    expect(await pay(botolphs, pounds(15.36))).toBe(true)
    expect(await schools.balance(botolphs)).toBe(pounds(234.64))
  })

  test('spent on a message that was not sent comes back', async () => {
    const message = newId('message')
    const before = await schools.balance(botolphs)
    await pay(botolphs, pounds(2), message)
    await botolphs.commit(
      schools.returned(botolphs, message, pounds(2)),
      audit.entry(botolphs, 'message.cancelled', message),
    )
    expect(await schools.balance(botolphs)).toBe(before)
  })

  test('that is short stops the whole commit', async () => {
    expect(await pay(oakfield)).toBe(false)
    expect(await schools.balance(oakfield)).toBe(0)
  })

  test('to the last thousandth of a penny is enough; one more is not', async () => {
    await schools.bought(oakfield, pounds(1))
    expect(await pay(oakfield, millipence(100.001))).toBe(false)
    expect(await pay(oakfield, pounds(1))).toBe(true)
    expect(await schools.balance(oakfield)).toBe(0)
  })

  test('for one message of two sent at the same moment pays for one', async () => {
    await schools.bought(oakfield, pounds(1))
    const paid = await Promise.all([pay(oakfield), pay(oakfield), pay(oakfield)])
    expect(paid.filter(Boolean)).toHaveLength(1)
    expect(await schools.balance(oakfield)).toBe(0)
  })

  test('is taken once for a message, however often its job comes', async () => {
    const message = newId('message')
    expect(await pay(botolphs, pounds(1), message)).toBe(true)
    const left = await schools.balance(botolphs)
    await expect(pay(botolphs, pounds(1), message)).rejects.toThrow()
    expect(await schools.balance(botolphs)).toBe(left)
  })

  test('cannot be rewritten', async () => {
    const lie = botolphs.db.update(creditEntries).set({ millipence: pounds(1_000_000) })
    await expect(lie).rejects.toThrow()
    await expect(botolphs.db.delete(creditEntries)).rejects.toThrow()
  })
})
