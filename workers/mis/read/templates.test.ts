import { describe, expect, test } from 'vitest'
import { checkLetter } from './upn.ts'
import { checkMapping } from './mapping.ts'
import { rowsToRoster } from './rows-to-roster.ts'
import { TEMPLATES, type Template, mappingBy, suitedTemplate } from './templates.ts'

const twelve = '801200001017'
const UPN = `${checkLetter(twelve)}${twelve}`

/** What a column of this field holds in the invented file. */
const VALUES: Readonly<Record<string, string>> = {
  upn: UPN,
  'admission-number': '001275',
  surname: 'Marsh',
  forename: 'Teddy',
  'preferred-forename': 'Ted',
  'middle-names': 'Arthur',
  gender: 'M',
  'date-of-birth': '12/01/2016',
  'year-group': 'Year  4',
  'registration-group': '4ES',
  house: 'Boyle',
  title: 'Mrs',
  'full-name': 'Mrs Joan Marsh',
  relationship: 'Mother',
  'parental-responsibility': 'Yes',
  mobile: '07700 900123',
  phone: '07700 900123',
  'home-phone': '01632 960123',
  email: 'joan.marsh@example.com',
}

const valueOf = (field: string): string => {
  const [of = '', name = ''] = field.split('.')
  if (of === 'pupil') return name === 'email' ? 'ted.marsh@example.com' : (VALUES[name] ?? '')
  if (name === 'forename') return of === 'contact-1' ? 'Joan' : 'Dilys'
  if (name === 'full-name') return of === 'contact-1' ? 'Mrs Joan Marsh' : 'Mrs Dilys Marsh'
  return name === 'priority' ? of.slice(-1) : (VALUES[name] ?? '')
}

const fileOf = ({ columns }: Template) => {
  const headers = [...Object.keys(columns), 'Ethnicity', 'Notes']
  const cells = [...Object.values(columns).map(valueOf), 'WBRI', 'likes football']
  return { headers, text: `${headers.join(',')}\n${cells.join(',')}\n` }
}

describe.each(TEMPLATES.map((template) => [template.supplier, template] as const))(
  '%s',
  (supplier, template) => {
    const { headers, text } = fileOf(template)
    const mapping = mappingBy(template, headers)

    test('is known by its headings, in any order and case', () => {
      expect(suitedTemplate(headers)?.supplier).toBe(supplier)
      expect(suitedTemplate(headers.toReversed().map((each) => each.toUpperCase()))?.supplier).toBe(
        // Capitals run together ("DATEOFBIRTH") are no longer words.
        supplier === 'Bromcom' ? undefined : supplier,
      )
    })

    test('is a mapping with nothing wrong', () => {
      expect(checkMapping(mapping, headers)).toEqual([])
      expect(template.source.length).toBeGreaterThan(40)
    })

    test('reads a pupil with contacts in order, and drops what is not needed', () => {
      const read = rowsToRoster(text, mapping)
      if (!read.ok) throw new Error(read.problem.reason)
      const [pupil] = read.roster.pupils
      expect(read.roster.rejected).toEqual([])
      expect(pupil).toMatchObject({
        key: { upn: UPN, admissionNumber: '001275' },
        surname: 'Marsh',
        forename: 'Teddy',
        preferredForename: 'Ted',
        dateOfBirth: '2016-01-12',
        yearGroup: 'Year 4',
        registrationGroup: '4ES',
      })
      expect(pupil?.contacts.slice(0, 2)).toMatchObject([
        { forename: 'Joan', priority: 1, hasParentalResponsibility: true },
        { forename: 'Dilys', priority: 2, relationship: 'Mother' },
      ])
      expect(pupil?.contacts[0]?.phones[0]?.e164).toBe('+447700900123')
      expect(read.roster.dropped.map((each) => each.column)).toEqual(['Ethnicity', 'Notes'])
    })
  },
)

test('a file of nobody that we know has no template', () => {
  expect(suitedTemplate(['Surname', 'Forename', 'DOB'])).toBeUndefined()
  expect(suitedTemplate([])).toBeUndefined()
})

test('what is from memory says so', () => {
  const known = Object.groupBy(TEMPLATES, (template) => template.knownFrom)
  expect(known.file?.map((each) => each.supplier)).toEqual(['Bromcom'])
  for (const each of known.memory ?? []) expect(each.source).toContain('no export of this supplier')
})
