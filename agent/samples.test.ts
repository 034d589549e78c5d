import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordSchema } from '../workers/mis/push/payload.ts'
import { collect } from './collect.ts'
import type { Feed, Source } from './config.ts'
import { keep } from './keep.ts'
import { readFeed } from './read-feed.ts'
import { allowEverything } from './testing/allow-list.ts'

const SAMPLES = join(import.meta.dirname, '../test/samples')

/** From the file on the disk to what would be sealed, as the program does it. */
async function sent(source: Source, data: Feed['data'] = 'roster') {
  const schedule = { at: ['02:15'] }
  const feed: Feed = { name: 'sample', data, scope: 'full', source, schedule }
  const taken = await collect(feed, {}, Date.now())
  if (!taken.ok) return taken.reason
  const read = readFeed(feed, taken.export)
  if (!read.ok) return read.problem.reason
  const { about, records } = keep(read.batch, allowEverything).batch
  // Schoolgate takes each: what it would refuse must not be sent.
  expect(records.filter((record) => !recordSchema.safeParse(record).success)).toEqual([])
  const count = (kind: string) => records.filter((record) => kind in record).length
  const { source: from, scope } = about
  return { from, scope, pupils: count('pupil'), staff: count('staff'), leavers: count('leaver') }
}

test('each sample of a school’s system reads as its golden report says, in the form that is sent', async () => {
  const at = (path: string) => ({ path: join(SAMPLES, path) })
  expect(await sent({ kind: 'ctf', ...at('mis-ctf/arcio-atf19-40pupils-wrapped.xml') })).toEqual({
    from: 'atf',
    scope: 'partial',
    pupils: 40,
    staff: 0,
    leavers: 0,
  })
  expect(await sent({ kind: 'ctf', ...at('mis-ctf/arcio-atf19-40pupils-raw.xml') })).toBe(
    'two-roots',
  )
  expect(await sent({ kind: 'xporter', ...at('mis-xporter/student.json') })).toMatchObject({
    pupils: 1,
  })
  expect(await sent({ kind: 'xporter', ...at('mis-xporter/queries.json') })).toBe('not-an-export')
  const zip = await sent({ kind: 'one-roster', ...at('one-roster/oneroster-school-small.zip') })
  const found = await sent({
    kind: 'one-roster',
    folder: join(SAMPLES, 'one-roster'),
    match: '*.zip',
  })
  expect(found).toEqual(zip)
  const bundle = await sent({ kind: 'one-roster', folder: join(SAMPLES, 'one-roster/ms-sds-v2.1') })
  const whole = { from: 'one-roster', scope: 'full', leavers: 0 }
  expect(zip).toEqual({ ...whole, pupils: 72, staff: 7 })
  expect(bundle).toEqual({ ...whole, pupils: 4, staff: 2 })
})

test('staff go by themselves, and only from where they are', async () => {
  const source = { kind: 'one-roster', folder: join(SAMPLES, 'one-roster/ms-sds-v2.1') } as const
  expect(await sent(source, 'staff')).toMatchObject({ pupils: 0, staff: expect.any(Number) })
  const path = join(SAMPLES, 'mis-xporter/student.json')
  expect(await sent({ kind: 'xporter', path }, 'registers')).toBe('not-an-export')
})
