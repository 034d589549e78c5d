import { expect, test } from 'vitest'
import { TEMPLATES } from '../workers/mis/read/templates.ts'
import type { Source } from './config.ts'
import { readPeople } from './read-people.ts'

/** Exports of two suppliers to which the school added what its parents answered, and nobody mapped them. */
const wishesFrom = (
  supplier: 'Bromcom' | 'Arbor',
  more: Record<string, string>,
  isNamed = true,
) => {
  const known = TEMPLATES.find((each) => each.supplier === supplier)?.columns ?? {}
  const values: Record<string, string> = {
    'pupil.surname': 'Adeyemi',
    'pupil.forename': 'Amara',
    'pupil.date-of-birth': '15/03/2016',
    'contact-1.full-name': 'Mrs Adaeze Adeyemi',
    'contact-1.surname': 'Adeyemi',
    'contact-1.forename': 'Adaeze',
  }
  const headings = [...Object.keys(known), ...Object.keys(more)]
  const cells = [
    ...Object.values(known).map((field) => values[field] ?? ''),
    ...Object.values(more),
  ]
  const bytes = new TextEncoder().encode(`${headings.join(',')}\n${cells.join(',')}\n`)
  const source: Source = {
    kind: 'csv',
    path: 'people.csv',
    ...(isNamed && { template: supplier }),
  }
  const read = readPeople(source, { kind: 'bytes', bytes })
  if (!read.ok) throw new Error(read.problem.reason)
  return {
    wishes: read.roster.pupils[0]?.contacts[0]?.wishes,
    tells: read.tells,
    rejected: read.roster.rejected,
  }
}

test('wishes beside a supplier’s own columns go along, whether or not the supplier is named', () => {
  for (const isNamed of [true, false]) {
    const bromcom = { Contact1SMSConsent: 'No', Contact1MarketingConsent: 'Yes' }
    const read = wishesFrom('Bromcom', bromcom, isNamed)
    expect(read.wishes).toEqual({ sms: false, marketing: true })
    expect(read.tells).toEqual(expect.arrayContaining(['wishes', 'marketing']))

    const arbor = { 'Contact 1 Consent to email': 'No' }
    expect(wishesFrom('Arbor', arbor, isNamed).wishes).toEqual({ email: false })
  }
})

test('a column of that name with something else in it is left, and rejects nothing', () => {
  const read = wishesFrom('Arbor', { 'Contact 1 Marketing consent': 'form of 12/09/2025' })
  expect(read.wishes).toBeUndefined()
  expect(read.tells).not.toContain('marketing')
  expect(read.rejected).toEqual([])
})
