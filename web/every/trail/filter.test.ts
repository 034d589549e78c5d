import { describe, expect, test } from 'vitest'
import { newId } from '#kernel'
import { errorsOf, everything, filterOf, lookedFor, queryOf } from './filter.ts'

const from = (given: Record<string, string>) => lookedFor((name) => given[name])

describe('what somebody looks for', () => {
  test('is ids, days and words of ours; anything else is left out', () => {
    const who = newId('user')
    const subject = newId('pupil')
    const access = newId('support-access')
    const whole = { who, what: 'looks', subject, access, from: '2026-09-01', to: '2026-09-30' }
    expect(from(whole)).toEqual(whole)
    expect(
      from({ who: 'Okafor', what: 'everything', subject: 'Teddy Marsh', access: who }),
    ).toEqual(everything)
    expect(from({ who: 'operator' }).who).toBe('operator')
    expect(from({ who: 'clock' }).who).toBe('clock')
    expect(from({ who: 'toString', what: 'constructor' })).toEqual(everything)
  })

  test('stands in the address as it is, and nothing where all is looked for', () => {
    const subject = newId('pupil')
    expect(queryOf(everything)).toBe('')
    expect(queryOf({ ...everything, subject }, { before: 'ent_1' })).toBe(
      `?subject=${subject}&before=ent_1`,
    )
    expect(queryOf({ ...everything, subject }, { subject: '' })).toBe('')
  })

  test('is whole days in London, both of them counted, on clock-change days too', () => {
    const day = (first: string, last: string) => {
      const { fromMs = 0, untilMs = 0 } = filterOf(from({ from: first, to: last }))
      return { from: new Date(fromMs).toISOString(), hours: (untilMs - fromMs) / 3_600_000 }
    }
    expect(day('2026-07-01', '2026-07-01')).toEqual({
      from: '2026-06-30T23:00:00.000Z',
      hours: 24,
    })
    expect(day('2026-10-25', '2026-10-25').hours).toBe(25)
    expect(day('2027-03-28', '2027-03-28').hours).toBe(23)
    expect(day('2026-11-01', '2026-11-30').hours).toBe(30 * 24)
  })

  test('in days that are none is said to be wrong, and narrows nothing', () => {
    expect(errorsOf(from({ from: '2026-02-30', to: 'soon' }))).toEqual({
      from: expect.stringContaining('first day'),
      to: expect.stringContaining('last day'),
    })
    expect(filterOf(from({ from: '2026-02-30', to: 'soon' }))).toEqual({})
    expect(errorsOf(from({ from: '2026-03-02', to: '2026-03-01' }))).toEqual({
      to: expect.stringContaining('before'),
    })
    expect(errorsOf(from({ from: '2026-03-01', to: '2026-03-01' }))).toEqual({})
  })

  test('of the operator’s people is not of one person', () => {
    expect(filterOf(from({ who: 'operator' }))).toEqual({ isOperators: true })
    expect(filterOf(from({ what: 'keys' })).actions).toContain('key.rotated')
  })
})
