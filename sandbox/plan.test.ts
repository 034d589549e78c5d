import { describe, expect, test } from 'vitest'
import { seededChance, shuffled } from './chance.ts'
import { defaultFaults } from './faults.ts'
import { receiptPlan } from './plan.ts'
import { behaviours, type Behaviour } from './sentinels.ts'
import { codesOf, providers, wordsOf, type Word } from './vocabulary.ts'

const every = [undefined, ...(Object.keys(behaviours) as Behaviour[])]

describe.each(providers)('%s', (provider) => {
  const words: Record<string, Word> = wordsOf[provider]

  test('says only words and codes of its own vocabulary', () => {
    const steps = every.flatMap((each) => receiptPlan(provider, each, defaultFaults, Math.random))
    expect(steps.length).toBeGreaterThan(every.length)
    for (const step of steps) expect(words[step.status]?.codes).toContain(step.code)
  })

  test('explains every code that a word may come with', () => {
    const codes = Object.values(words).flatMap((word) => word.codes)
    for (const code of codes) expect(codesOf[provider]).toHaveProperty([code])
  })

  test('ends at the delay, with nothing after a final word', () => {
    for (const behaviour of every.filter((each) => each !== 'receiptsDoubled')) {
      const plan = receiptPlan(provider, behaviour, defaultFaults, Math.random)
      for (const step of plan.slice(0, -1)) expect(words[step.status]?.isFinal).toBe(false)
      if (behaviour !== 'silent') expect(plan.at(-1)?.afterMs).toBe(defaultFaults.receiptDelayMs)
    }
  })
})

test('chance repeats under its seed, and differs under another', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededChance(seed))
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  const list = Array.from({ length: 50 }, (_, place) => place)
  const mixed = shuffled(list, seededChance(7))
  expect(mixed).not.toEqual(list)
  expect(mixed.toSorted((one, other) => one - other)).toEqual(list)
})
