import { describe, expect, it } from 'vitest'
import { breaker } from './breaker.ts'
import { carriers } from './carriers.ts'
import type { Provider } from './provider.ts'
import { references } from './reference.ts'

const fail = (times: number, one = breaker(), atMs = 0) => {
  for (let count = 0; count < times; count++) one.record(false, atMs)
  return one
}

describe('the breaker', () => {
  it('needs five attempts before it judges', () => {
    expect(fail(4).state(0)).toBe('closed')
    expect(fail(5).state(0)).toBe('open')
  })

  it('opens at half failing, not below', () => {
    const one = breaker()
    for (const worked of [true, true, true, false, false]) one.record(worked, 0)
    expect(one.state(0)).toBe('closed')
    one.record(false, 0)
    expect(one.state(0)).toBe('open')
  })

  it('forgets what is older than a minute', () => {
    const one = fail(4)
    one.record(false, 61_000)
    expect(one.state(61_000)).toBe('closed')
  })

  it('lets one probe through at a time, and closes when it works', () => {
    const one = fail(5)
    expect(one.allows(4_999)).toBe(false)
    expect(one.state(5_000)).toBe('half-open')
    expect(one.allows(5_000)).toBe(true)
    expect(one.allows(5_001)).toBe(false)
    one.record(true, 5_100)
    expect(one.state(5_100)).toBe('closed')
  })

  it('a probe that fails keeps it open', () => {
    const one = fail(5)
    one.allows(5_000)
    one.record(false, 5_100)
    expect(one.state(5_200)).toBe('open')
    expect(one.state(10_100)).toBe('half-open')
  })
})

describe('choosing a provider', () => {
  const provider = (name: string, weight: number) =>
    ({ name, channel: 'sms', weight }) as unknown as Provider
  const pair = async (chance: () => number) =>
    carriers([provider('larch', 2), provider('rowan', 1)], await references('secret'), chance)

  it('goes by weight', async () => {
    let at = 0
    const chosen = await pair(() => (at = (at + 1 / 300) % 1))
    const firsts = Array.from({ length: 300 }, () => chosen.choose('sms', 0)?.first)
    const share = firsts.filter((name) => name === 'larch').length / 300
    expect(share).toBeGreaterThan(0.6)
    expect(share).toBeLessThan(0.73)
  })

  it('names the other one for a parcel that the first just failed', async () => {
    const chosen = await pair(() => 0)
    expect(chosen.choose('sms', 0)).toEqual({ first: 'larch', other: 'rowan' })
  })

  it('sheds one that fails, probes it, and takes it back', async () => {
    const chosen = await pair(() => 0)
    for (let count = 0; count < 5; count++) chosen.record('larch', false, 0)
    expect(chosen.choose('sms', 100)).toEqual({ first: 'rowan', other: 'rowan' })
    expect(chosen.choose('sms', 5_000)).toEqual({ first: 'larch', other: 'rowan' })
    expect(chosen.choose('sms', 5_001)).toEqual({ first: 'rowan', other: 'rowan' })
    chosen.record('larch', true, 5_100)
    expect(chosen.choose('sms', 5_200)?.first).toBe('larch')
  })

  it('tries all the same when every one is shed, and knows when a channel has none', async () => {
    const chosen = await pair(() => 0)
    for (const name of ['larch', 'rowan']) {
      for (let count = 0; count < 5; count++) chosen.record(name, false, 0)
    }
    expect(chosen.choose('sms', 100)?.first).toBe('larch')
    expect(chosen.choose('email', 0)).toBeUndefined()
  })
})
