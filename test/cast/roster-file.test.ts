import { expect, test } from 'vitest'
import { inspect, readRoster } from '#workers/mis/read/index.ts'
import { rosterCsv } from './roster-file.ts'

function roster(pupils: number, seed: number) {
  const bytes = new TextEncoder().encode(rosterCsv({ pupils, seed }))
  const inspected = inspect(bytes, 'x.csv')
  if (!inspected.ok || inspected.kind !== 'csv') throw new Error('not read')
  const read = readRoster(bytes, 'csv', inspected.suggested)
  if (!read.ok) throw new Error(read.problem.reason)
  return read.roster
}

test('the same seed gives the same file, another seed another', () => {
  expect(rosterCsv({ pupils: 40, seed: 5 })).toBe(rosterCsv({ pupils: 40, seed: 5 }))
  expect(rosterCsv({ pupils: 40, seed: 5 })).not.toBe(rosterCsv({ pupils: 40, seed: 6 }))
})

test('a school that looks like one, and that nobody could be rung up from', () => {
  const { pupils, rejected } = roster(1500, 9)
  expect(rejected).toEqual([])
  expect(pupils).toHaveLength(1500)
  expect(new Set(pupils.map((pupil) => pupil.key.upn)).size).toBe(1500)
  expect(new Set(pupils.map((pupil) => pupil.yearGroup)).size).toBe(7)

  const contacts = pupils.flatMap((pupil) => pupil.contacts)
  const phones = contacts.flatMap((contact) => contact.phones.map((phone) => phone.e164))
  expect(
    phones.filter((phone) => !/^\+447700900[1-8]\d\d$|^\+441632960\d{3}$/.test(phone)),
  ).toEqual([])
  expect(
    contacts
      .flatMap((contact) => contact.emails)
      .filter((email) => !email.endsWith('@example.com')),
  ).toEqual([])
  const addresses = contacts.map((contact) => contact.emails[0])
  const shared = addresses.length - new Set(addresses).size
  expect(shared).toBeGreaterThan(500)
  expect(pupils.filter((pupil) => pupil.contacts.length === 3).length).toBeGreaterThan(50)
})

test('even four thousand pupils have numbers of their own', () => {
  const { pupils } = roster(4000, 2)
  expect(new Set(pupils.map((pupil) => pupil.key.upn)).size).toBe(4000)
})
