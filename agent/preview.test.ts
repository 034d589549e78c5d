import { expect, test } from 'vitest'
import type { Feed } from './config.ts'
import { keep } from './keep.ts'
import { previewLines } from './preview.ts'
import { readFeed } from './read-feed.ts'
import { allowEverything } from './testing/allow-list.ts'

const feed: Feed = {
  name: 'pupils',
  data: 'roster',
  scope: 'full',
  source: { kind: 'sims-csv', path: 'pupils.csv' },
  schedule: { at: ['02:15'] },
}

function shown(withPeople: boolean): string {
  const rows = [
    'Surname,Forename,DOB,Adno,Religion',
    'Adeyemi,Amara,15/03/2016,001275,None',
    'Marsh,Teddy,Tuesday,001276,None',
    ...Array.from({ length: 20 }, (_, at) => `Nowak,Zofia,01/09/2015,${2000 + at},`),
  ]
  const bytes = new TextEncoder().encode(rows.join('\n'))
  const read = readFeed(feed, { kind: 'bytes', bytes })
  if (!read.ok) throw new Error(read.problem.reason)
  const kept = keep(read.batch, allowEverything)
  const prepared = { kept, parts: [kept.batch], takenAtMs: 0 }
  return previewLines(feed, prepared, withPeople).join('\n')
}

test('on a terminal the first rows and wrong values are shown', () => {
  const lines = shown(true)
  expect(lines).toContain('"surname":"Adeyemi"')
  expect(lines).toContain('line 3, DOB: not a date (Tuesday)')
  expect(lines.match(/"pupil":/g)?.length).toBe(5)
  expect(lines).toContain('Religion  2  not needed')
})

test('anywhere else there are counts, columns and reasons, and nobody', () => {
  const lines = shown(false)
  expect(lines).toContain('pupil 22')
  expect(lines).toContain('line 3, DOB: not a date')
  expect(lines).toContain('pupil.surname  22')
  expect(lines).not.toMatch(/Adeyemi|Amara|Tuesday|2016/)
})
