import { describe, expect, it } from 'vitest'
import { birchWords, larchWords, rowanWords } from '../../sandbox/vocabulary.ts'
import { birch, larch, rowan, translate, type Vocabulary } from './carriers/vocabulary.ts'
import { MAX_TRIES, next } from './outcome.ts'
import { isFinal, type ParcelState, rank } from './parcel.ts'

describe('the order of states', () => {
  it('has each state at its own rank', () => {
    expect(new Set(Object.values(rank)).size).toBe(Object.keys(rank).length)
  })

  it('ends in delivered, failed or cancelled, and nowhere else', () => {
    const open: ParcelState[] = ['created', 'queued', 'sending', 'uncertain', 'sent']
    expect(open.some(isFinal)).toBe(false)
    const all = Object.keys(rank) as ParcelState[]
    expect(all.filter(isFinal)).toHaveLength(all.length - open.length)
  })
})

describe('what an outcome makes of a parcel', () => {
  it.each([
    ['accepted', 1, 'sent'],
    ['rejected', 1, 'failed-permanent'],
    ['ambiguous', 1, 'uncertain'],
    ['ambiguous', MAX_TRIES, 'uncertain'],
    ['unavailable', 1, 'created'],
    ['unavailable', MAX_TRIES, 'failed-technical'],
  ] as const)('%s at try %i: %s', (outcome, tries, state) => {
    expect(next({ outcome }, tries, 0).state).toBe(state)
  })

  it('waits longer each time, and never for more than a minute', () => {
    const waits = Array.from({ length: MAX_TRIES - 1 }, (_, at) =>
      next({ outcome: 'unavailable' }, at + 1, 0),
    )
    const ms = waits.map((wait) => wait.notBeforeMs)
    expect(ms).toEqual([...ms].sort((a, b) => a - b))
    expect(ms[0]).toBe(1_000)
    expect(Math.max(...ms)).toBeLessThanOrEqual(60_000)
  })
})

describe('carriers’ words', () => {
  const manuals: [string, Vocabulary, Record<string, { codes: readonly string[] }>][] = [
    ['larch', larch, larchWords],
    ['rowan', rowan, rowanWords],
    ['birch', birch, birchWords],
  ]

  it.each(manuals)('%s: every word and code of the manual has a meaning', (_, ours, manual) => {
    const words = Object.entries(manual)
    expect(words.length).toBeGreaterThan(3)
    for (const [word, { codes }] of words) {
      for (const code of codes) expect(translate(ours, word, code), `${word} ${code}`).toBeDefined()
    }
  })

  it('a word that no manual has means nothing', () => {
    expect(translate(larch, 'constructor', null)).toBeUndefined()
    expect(translate(rowan, 'DELIVERED', '000')).toBeUndefined()
  })

  it('a bad number is for good, a phone that is off is not', () => {
    expect(translate(larch, 'undeliverable', 'unknown-subscriber')).toBe('failed-permanent')
    expect(translate(rowan, 'UNDELIV', '027')).toBe('failed-temporary')
    expect(translate(birch, 'bounced', '5.1.1')).toBe('failed-permanent')
  })
})
