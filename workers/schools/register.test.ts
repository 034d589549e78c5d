import { describe, expect, test } from 'vitest'
import { type Party, processors } from './processors.ts'
import { products } from './product.ts'
import { changesAhead, faultsIn, registerOf } from './register.ts'

const today = '2026-11-23'
const school = {
  kind: 'school',
  name: 'St Botolph’s Primary',
  products: ['call-parents', 'payments'],
} as const
const botolphs = { ...school, products: [...school.products] }
const alder: Party = {
  id: 'alder',
  name: 'Alder Text',
  part: 'sms',
  what: 'Carries texts',
  where: 'Ireland',
  since: '2026-12-20',
  announcedOn: '2026-11-20',
}
const withAlder = (change: Partial<Party> = {}, on = today) => ({
  today: on,
  hasSandbox: false,
  processors: [...processors, { ...alder, ...change }],
})

describe('the configuration', () => {
  test('announces every change 30 days ahead, and has what every product needs', () => {
    expect(processors.length).toBeGreaterThan(1)
    expect(faultsIn(processors)).toEqual([])
  })

  test('that does not is found out', () => {
    const late = { ...alder, announcedOn: '2026-11-21' }
    expect(faultsIn([...processors, late])).toEqual([
      'alder-begins: announce it 30 days before 2026-12-20',
    ])
    const ends = { on: '2027-02-01', announcedOn: '2027-01-31' }
    expect(faultsIn([...processors, { ...alder, ends }])).toHaveLength(1)
    expect(faultsIn([...processors, alder, alder])).toHaveLength(1)
    expect(faultsIn([alder])).toHaveLength(2)
  })

  test('a month with 31 days, and one in which clocks change, are counted in days', () => {
    const october = { ...alder, announcedOn: '2026-10-01', since: '2026-10-31' }
    expect(faultsIn([...processors, october])).toEqual([])
  })
})

describe('the register', () => {
  test('has an entry for every product that there is', () => {
    const all = registerOf({ ...botolphs, kind: 'operator' }, { today, hasSandbox: true })
    expect(all.map(({ product }) => product)).toEqual([...products])
    for (const { processors: used } of all) {
      expect(used.map(({ part }) => part)).toEqual(expect.arrayContaining(['operator', 'hosting']))
    }
    expect(all.find(({ product }) => product === 'looked-after-call')?.controller).toBe(
      'The local authority',
    )
  })

  test('shows a customer its own products, with itself as controller', () => {
    const own = registerOf(botolphs, { today, hasSandbox: true })
    expect(own.map(({ product }) => product)).toEqual(['call-parents', 'payments'])
    expect(own.map(({ controller }) => controller)).toEqual([school.name, school.name])
    expect(own[0]?.processors.map(({ id }) => id)).toContain('larch')
    expect(own[1]?.processors.map(({ id }) => id)).not.toContain('larch')
  })

  test('names no pretend carrier where there is no sandbox, and says that nobody does it', () => {
    const [callParents] = registerOf(botolphs, { today, hasSandbox: false })
    expect(callParents?.processors.map(({ id }) => id)).toEqual(['schoolgate', 'cloudflare'])
    expect(callParents?.nobodyFor).toEqual(['sms', 'email'])
  })

  test('has a processor from its first day until the day it ends', () => {
    const namesOn = (on: string, change: Partial<Party> = {}) =>
      registerOf(botolphs, withAlder(change, on))[0]?.processors.map(({ id }) => id)
    expect(namesOn('2026-12-19')).not.toContain('alder')
    expect(namesOn('2026-12-20')).toContain('alder')
    const ends = { on: '2027-03-01', announcedOn: '2027-01-10' }
    expect(namesOn('2027-02-28', { ends })).toContain('alder')
    expect(namesOn('2027-03-01', { ends })).not.toContain('alder')
  })
})

describe('a change', () => {
  const idsOn = (on: string, change: Partial<Party> = {}) =>
    changesAhead(botolphs, withAlder(change, on)).map(({ id }) => id)

  test('is ahead from its announcement until it is in force', () => {
    expect(idsOn('2026-11-19')).toEqual([])
    expect(idsOn('2026-11-20')).toEqual(['alder-begins'])
    expect(idsOn('2026-12-19')).toEqual(['alder-begins'])
    expect(idsOn('2026-12-20')).toEqual([])
  })

  test('that ends the use of somebody is one too', () => {
    const ends = { on: '2027-03-01', announcedOn: '2027-01-10' }
    expect(idsOn('2027-01-10', { ends })).toEqual(['alder-ends'])
  })

  test('is told to whom it concerns', () => {
    const onlyPayments = { ...botolphs, products: ['payments' as const] }
    expect(changesAhead(onlyPayments, withAlder())).toEqual([])
    const [change] = changesAhead(botolphs, withAlder())
    expect(change?.products).toEqual(['call-parents'])
    expect(changesAhead(undefined, withAlder())[0]?.products).toContain('looked-after-call')
  })
})
