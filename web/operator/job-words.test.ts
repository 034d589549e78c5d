import { expect, test } from 'vitest'
import { newId } from '#kernel'
import { describeJob } from './job-words.ts'

const school = newId('organisation')
const parcels = Array.from({ length: 8 }, () => newId('parcel'))

test('a job is told by the ids in it', () => {
  const message = newId('message')
  expect(describeJob({ shard: 1, school, message })).toEqual([
    { word: 'school', id: school },
    { word: 'message', id: message },
  ])
})

test('of many, a few are shown and the others counted', () => {
  expect(describeJob({ shard: 1, school, parcels })).toEqual([
    { word: 'school', id: school },
    { word: 'parcel', id: parcels[0] },
    { word: 'parcel', id: parcels[1] },
    { word: 'and more:', id: '6' },
  ])
})

test('nothing is shown that is not an id of ours', () => {
  const events = [{ school, provider: 'pigeon', code: 'Amara is ill', eventId: '07700 900123' }]
  expect(describeJob({ events })).toEqual([{ word: 'school', id: school }])
  for (const odd of [null, undefined, 7, 'Teddy Marsh', []]) expect(describeJob(odd)).toEqual([])
})
