import { expect, test } from 'vitest'
import type { PushedConsent } from '../workers/mis/push/payload.ts'
import { consentSchema, pupilSchema } from '../workers/mis/push/payload.ts'
import { suggestMapping } from '../workers/mis/read/suggest.ts'
import type { Feed } from './config.ts'
import { keep } from './keep.ts'
import { readFeed } from './read-feed.ts'
import { allowEverything } from './testing/allow-list.ts'

/** An export that says who may be written to, and for what: two parents, one of whom answered nothing. */
const CONTACT = ['Surname', 'Mobile', 'SMS Consent', 'Email Consent', 'Marketing Consent']
const HEADINGS = [
  ...['Surname', 'Forename', 'DOB'],
  ...[1, 2].flatMap((n) => CONTACT.map((name) => `Contact ${n} ${name}`)),
]
const ROW = 'Adeyemi,Amara,15/03/2016,Adeyemi,07700 900123,No,Yes,Yes,Obi,07700 900124,,,'
const mapping = suggestMapping(HEADINGS, [])

function batchOf(data: Feed['data'], headings = HEADINGS, columns = mapping.columns) {
  const feed: Feed = {
    name: 'people',
    data,
    scope: 'partial',
    source: { kind: 'csv', path: 'people.csv', mapping: { columns } },
    schedule: { at: ['02:15'] },
  }
  const bytes = new TextEncoder().encode(`${headings.join(',')}\n${ROW}\n`)
  const read = readFeed(feed, { kind: 'bytes', bytes })
  if (!read.ok) throw new Error(read.problem.reason)
  return read.batch
}

const said = (consents: readonly PushedConsent[]) =>
  consents.map(({ contact, about, channel, isAllowed }) => [
    contact?.surname,
    about,
    channel,
    isAllowed,
  ])

test('wishes go by themselves: silence is no wish, and no agreement to marketing', () => {
  const { records } = batchOf('consents')
  const consents = records.flatMap((record) => ('consent' in record ? [record.consent] : []))
  expect(said(consents)).toEqual([
    ['Adeyemi', 'non-essential', 'sms', false],
    ['Adeyemi', 'non-essential', 'email', true],
    ['Adeyemi', 'marketing', null, true],
    ['Obi', 'marketing', null, false],
  ])
  expect(consents.every((one) => consentSchema.safeParse(one).success)).toBe(true)
  expect(JSON.stringify(records)).not.toContain('7700')
})

test('they go with the people too, and the export says that it speaks of them', () => {
  const { batch, kept } = keep(batchOf('roster'), allowEverything)
  const [record] = batch.records
  const pupil = record && 'pupil' in record ? record.pupil : undefined
  expect(pupilSchema.parse(pupil).contacts.map(({ wishes }) => wishes)).toEqual([
    { sms: false, email: true, marketing: true },
    undefined,
  ])
  expect(batch.about.tells).toEqual(expect.arrayContaining(['wishes', 'marketing']))
  expect(kept.get('contact.wishes')).toBe(1)
})

test('left off Schoolgate’s list they stay in the school, and nothing is said to be spoken of', () => {
  const { fields } = allowEverything
  const contact = fields.contact.filter((name) => name !== 'wishes')
  const { batch } = keep(batchOf('roster'), { ...allowEverything, fields: { ...fields, contact } })
  expect(JSON.stringify(batch.records)).not.toContain('wishes')
  expect(JSON.stringify(batch.records)).toContain('7700')
  expect(batch.about.tells).not.toContain('wishes')
  expect(batch.about.tells).not.toContain('marketing')
})

test('an export without such columns has no consents to send', () => {
  const columns = mapping.columns.map((column) =>
    column.header.endsWith('Consent') ? { ...column, field: 'ignore' as const } : column,
  )
  expect(() => batchOf('consents', HEADINGS, columns)).toThrow('not-in-this-source')
})
