import { describe, expect, test } from 'vitest'
import type { RosterPupil } from '../records/roster.ts'
import type { Mark } from '../records/marks.ts'
import { doubtsOf } from './doubts.ts'
import type { Pushed } from './read-push.ts'

/** Somebody of the school has to look at it, so they are told where. It is the evening of 23 November 2026. */
const NOW = Date.UTC(2026, 10, 23, 20)

const pushed = (said: Partial<Pushed>): Pushed => ({
  opening: {
    format: 'schoolgate-import',
    version: 1,
    kind: 'roster',
    scope: 'partial',
    source: 'csv',
    school: null,
    takenAt: '2026-11-23T02:15:00.000Z',
    feed: 'nightly',
    dropped: [],
  },
  pupils: [],
  leavers: [],
  staff: [],
  marks: [],
  conduct: [],
  consents: [],
  rejected: [],
  moreRejected: 0,
  records: 1,
  digest: '',
  ...said,
})

const pupil = (line: number, more: Partial<RosterPupil> = {}): RosterPupil => ({
  line,
  key: { upn: null, admissionNumber: `A${line}`, reference: null },
  surname: 'Marsh',
  forename: 'Teddy',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-01-12',
  yearGroup: 'Year 4',
  registrationGroup: null,
  house: null,
  phones: [],
  emails: [],
  contacts: [],
  ...more,
})

const mark = (line: number, date: string, more: Partial<Mark> = {}): Mark => ({
  line,
  pupil: { upn: null, admissionNumber: 'A1', reference: null },
  date,
  at: { kind: 'session', session: 'AM' },
  code: '/',
  minutesLate: null,
  ...more,
})

const doubtsIn = (said: Partial<Pushed>) => doubtsOf(pushed(said), NOW)

test('of what is as it should be there is nothing to look at', () => {
  const said = { pupils: [pupil(2), pupil(3)], marks: [mark(2, '2026-11-23')] }
  expect(doubtsIn(said)).toEqual({ doubts: [], doubtful: null })
})

describe('dates that have not come yet', () => {
  test('are listed by whose they are, what they are, and their line', () => {
    const { doubts, doubtful } = doubtsIn({
      pupils: [pupil(2), pupil(3, { dateOfBirth: '2061-01-12' })],
      marks: [mark(7, '2026-11-24')],
    })
    expect(doubts).toEqual(['dated-ahead'])
    expect(doubtful?.ahead).toEqual({
      first: [
        { what: 'birth', who: { kind: 'name', text: 'Teddy Marsh' }, line: 3, date: '2061-01-12' },
        {
          what: 'mark',
          who: { kind: 'admission-number', text: 'A1' },
          line: 7,
          date: '2026-11-24',
        },
      ],
      more: 0,
    })
  })

  test('twenty of them are, and the rest is counted', () => {
    const marks = Array.from({ length: 33 }, (_, at) => mark(at, '2027-01-04'))
    const { first, more } = doubtsIn({ marks }).doubtful?.ahead ?? {}
    expect([first?.length, more]).toEqual([20, 13])
  })

  test('of an export from a clock that is wrong it is the export', () => {
    const { opening } = pushed({})
    const { doubtful } = doubtsIn({ opening: { ...opening, takenAt: '2026-11-26T02:15:00.000Z' } })
    expect(doubtful?.ahead.first).toEqual([
      { what: 'export', who: null, line: null, date: '2026-11-26' },
    ])
  })
})

describe('two records that cannot both be so', () => {
  test('are listed with both lines and what differs between them', () => {
    const key = pupil(2).key
    const other = pupil(9, { key, dateOfBirth: '2016-01-13', house: 'Oak' })
    const { doubts, doubtful } = doubtsIn({ pupils: [pupil(2), pupil(4), other] })
    expect(doubts).toEqual(['contradicts-itself'])
    expect(doubtful?.contradictions).toEqual({
      first: [
        {
          who: { kind: 'name', text: 'Teddy Marsh' },
          lines: [2, 9],
          fields: ['dateOfBirth', 'house'],
        },
      ],
      more: 0,
    })
  })

  test('a pupil who is there and gone is one', () => {
    const { doubtful } = doubtsIn({ pupils: [pupil(2)], leavers: [pupil(2).key] })
    expect(doubtful?.contradictions.first).toMatchObject([{ lines: [2], fields: ['leaves'] }])
  })

  test('the same said twice is none, and twenty are listed', () => {
    const twice = [mark(2, '2026-11-23'), mark(3, '2026-11-23')]
    expect(doubtsIn({ marks: twice })).toEqual({ doubts: [], doubtful: null })
    const days = Array.from({ length: 22 }, (_, at) => `2026-10-${String(at + 1).padStart(2, '0')}`)
    const marks = days.flatMap((day, at) => [mark(at, day), mark(at + 50, day, { code: 'I' })])
    const { first, more } = doubtsIn({ marks }).doubtful?.contradictions ?? {}
    expect([first?.length, more]).toEqual([20, 2])
    expect(first?.[0]).toMatchObject({ lines: [0, 50], fields: ['code'] })
  })
})
