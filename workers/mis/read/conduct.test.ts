import { expect, test } from 'vitest'
import type { ConductRead } from '../records/conduct.ts'
import { readConductCsv } from './conduct-csv.ts'
import { readXporterConduct } from './conduct-xporter.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const conductOf = (read: ConductRead) => {
  if (!read.ok) throw new Error(read.problem.reason)
  return read.conduct
}

test('Xporter: what happened in one list, whom it concerns in another', () => {
  const { conduct, rejected } = conductOf(
    readXporterConduct({
      Behaviour: [
        {
          Id: '4000',
          BehaviourType: 'Lunchtime incident',
          Date: '2026-11-20',
          RecordedBy: 'Miss Bell',
          Location: 'Hall',
          Description: 'Threw peas',
        },
      ],
      StudentBehaviour: [
        {
          Id: 'PL-9919.Beh.4000',
          StudentId: '9919',
          BehaviourId: '4000',
          Points: -2,
          Role: 'Participant',
        },
        { Id: 'PL-9920.Beh.4001', StudentId: '9920', BehaviourId: '4001', Points: 1 },
      ],
      Achievements: [{ Id: '4000', AchievementType: 'Kindness', Date: '2026-11-21' }],
      StudentAchievements: [
        { Id: 'PL-9919.Ach.4000', StudentId: '9919', AchievementId: '4000', Points: 10 },
      ],
    }),
  )
  const pupil = { upn: null, admissionNumber: null, reference: '9919' }
  expect(conduct).toEqual([
    {
      line: 1,
      reference: 'PL-9919.Beh.4000',
      pupil,
      kind: 'behaviour',
      date: '2026-11-20',
      type: 'Lunchtime incident',
      points: -2,
      description: 'Threw peas',
    },
    {
      line: 1,
      reference: 'PL-9919.Ach.4000',
      pupil,
      kind: 'achievement',
      date: '2026-11-21',
      type: 'Kindness',
      points: 10,
      description: null,
    },
  ])
  expect(rejected).toEqual([{ line: 2, field: 'BehaviourId', reason: 'unknown-incident' }])
  expect(JSON.stringify(conduct)).not.toMatch(/Bell|Hall/)
})

test('CSV of one kind or with a column for it', () => {
  const detentions = conductOf(
    readConductCsv(
      utf8('Adno,Detention Date,Detention Type,Reason\n001275,20/11/2026,Lunch,Late\n'),
      'detention',
    ),
  )
  expect(detentions.conduct).toMatchObject([
    { kind: 'detention', date: '2026-11-20', type: 'Lunch', description: 'Late', points: null },
  ])
  const mixed = conductOf(
    readConductCsv(
      utf8(
        [
          'Adno,Date,Category,Type,Points',
          '1,20/11/2026,Ach,Kindness,2',
          '1,20/11/2026,constructor,Kindness,2',
          '1,soon,Beh,Rude,',
          ',20/11/2026,Beh,Rude,',
          '1,20/11/2026,Beh,,',
          '1,20/11/2026,Beh,=cmd(),',
          '1,20/11/2026,Beh,Rude,lots',
        ].join('\n'),
      ),
    ),
  )
  expect(mixed.conduct).toHaveLength(1)
  expect(mixed.rejected.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'not-a-kind'],
    [4, 'not-a-date'],
    [5, 'cannot-be-identified'],
    [6, 'no-type'],
    [7, 'looks-like-a-formula'],
    [8, 'not-points'],
  ])
})

test('a file without a needed column, and an error, are refused', () => {
  expect(readConductCsv(utf8('Adno,Date,Type\n1,2,3\n'))).toMatchObject({
    problem: { reason: 'column-missing', detail: 'Kind' },
  })
  expect(readXporterConduct({ ExceptionMessage: 'x' })).toMatchObject({
    problem: { reason: 'export-failed' },
  })
  expect(readXporterConduct({ Students: [] })).toMatchObject({
    problem: { reason: 'not-an-export' },
  })
})
