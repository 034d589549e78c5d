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

describe('a file of a supplier with columns for wishes that the school added', () => {
  const templateOf = (supplier: string) => {
    const found = TEMPLATES.find((each) => each.supplier === supplier)
    if (!found) throw new Error(`no template of ${supplier}`)
    return found
  }
  /** The file of a supplier with more columns, each with its value. */
  const withMore = (supplier: string, more: Readonly<Record<string, string>>) => {
    const { columns } = templateOf(supplier)
    const headers = [...Object.keys(columns), ...Object.keys(more)]
    const row = [...Object.values(columns).map(valueOf), ...Object.values(more)]
    const mapping = mappingBy(templateOf(supplier), headers, [row])
    const text = [headers, row].map((cells) => cells.join(',')).join('\n')
    const fields = Object.fromEntries(mapping.columns.map(({ header, field }) => [header, field]))
    return { headers, mapping, fields, text }
  }

  test('as Bromcom writes headings: each is of the contact whose number it has', () => {
    const { headers, mapping, text } = withMore('Bromcom', {
      Contact1SMSConsent: 'No',
      Contact1EmailConsent: 'Yes',
      Contact2MarketingConsent: 'Yes',
      Contact3MarketingConsent: '',
    })
    expect(suitedTemplate(headers)?.supplier).toBe('Bromcom')
    expect(checkMapping(mapping, headers)).toEqual([])
    const read = rowsToRoster(text, mapping)
    const contacts = read.ok ? read.roster.pupils[0]?.contacts : undefined
    expect(contacts?.map(({ wishes }) => wishes)).toEqual([
      { sms: false, email: true },
      { marketing: true },
      undefined,
    ])
    expect(read.ok && read.roster.rejected).toEqual([])
  })

  test('as Arbor writes headings, for all three', () => {
    const { headers, mapping, text } = withMore('Arbor', {
      'Contact 1 May be texted': 'Yes',
      'Contact 1 Consent to e-mail': 'No',
      'Contact 2 Agreed to marketing': 'Yes',
    })
    expect(suitedTemplate(headers)?.supplier).toBe('Arbor')
    expect(checkMapping(mapping, headers)).toEqual([])
    const read = rowsToRoster(text, mapping)
    const contacts = read.ok ? read.roster.pupils[0]?.contacts : undefined
    expect(contacts?.map(({ wishes }) => wishes)).toEqual([
      { sms: true, email: false },
      { marketing: true },
    ])
  })

  test.each([
    ['nobody’s, with several contacts in the row', { 'Marketing consent': 'Yes' }],
    ['a mother’s, who may be either', { 'Mother SMS consent': 'Yes' }],
    ['a contact’s who is not in the file', { 'Contact 4 SMS consent': 'Yes' }],
    ['the pupil’s', { 'Student SMS consent': 'Yes' }],
    ['one under which a yes means no', { 'Contact 1 Unsubscribed from comms': 'Yes' }],
    ['one with dates in it', { 'Contact 1 Marketing consent': '12/09/2025' }],
    ['any other column', { 'Contact 1 Address': '1 Elm Road' }],
  ] as const)('but not %s', (_, more) => {
    for (const supplier of ['Bromcom', 'Arbor']) {
      const { fields } = withMore(supplier, more)
      for (const header of Object.keys(more)) expect(fields[header]).toBe('ignore')
    }
  })

  test('once only, and without a number where the file has one contact', () => {
    const { fields } = withMore('Arbor', {
      'Contact 1 SMS consent': 'Yes',
      'Contact 1 Text consent': 'No',
    })
    expect(fields).toMatchObject({
      'Contact 1 SMS consent': 'contact-1.may-be-texted',
      'Contact 1 Text consent': 'ignore',
    })
    const headers = Object.keys(templateOf('Arbor').columns)
      .filter((name) => !name.startsWith('Contact 2'))
      .concat('Marketing consent')
    const { columns } = mappingBy(templateOf('Arbor'), headers)
    expect(columns.at(-1)?.field).toBe('contact-1.agreed-to-marketing')
  })
})
