import { describe, expect, test } from 'vitest'
import { rowsToRoster } from './rows-to-roster.ts'
import { suggestMapping } from './suggest.ts'

/** What an export says of writing to a contact for what is not essential. */
const HEADINGS = [
  'UPN',
  'Surname',
  'Forename',
  'Contact 1 Surname',
  'Contact 1 Mobile',
  'Contact 1 SMS Consent',
  'Contact 1 Email Consent',
  'Contact 1 Marketing Consent',
]
const AMARA = 'H801200001001,Adeyemi,Amara'

function read(...rows: string[]) {
  const mapping = suggestMapping(HEADINGS, [])
  const found = rowsToRoster([HEADINGS.join(','), ...rows].join('\n'), mapping)
  if (!found.ok) throw new Error(found.problem.reason)
  return found.roster
}
const wishesOf = (...rows: string[]) => read(...rows).pupils[0]?.contacts[0]?.wishes

describe('a contact’s wishes', () => {
  test('are a yes or a no, in the words of any flag', () => {
    expect(wishesOf(`${AMARA},Adeyemi,07700900123,No,Y,true`)).toEqual({
      sms: false,
      email: true,
      marketing: true,
    })
  })

  test('are nothing where the cells are empty, and nobody without a name has any', () => {
    expect(wishesOf(`${AMARA},Adeyemi,07700900123,,,`)).toBeUndefined()
    expect(wishesOf(`${AMARA},Adeyemi,07700900123,N,,`)).toEqual({ sms: false })
    expect(read(`${AMARA},,,No,No,No`)).toMatchObject({ pupils: [{ contacts: [] }], rejected: [] })
  })

  test('that are neither yes nor no are reported, and the rest of the row stays', () => {
    const { pupils, rejected } = read(`${AMARA},Adeyemi,07700900123,sometimes,no,`)
    expect(pupils[0]?.contacts[0]?.wishes).toEqual({ email: false })
    expect(rejected).toEqual([
      {
        name: 'Amara Adeyemi',
        line: 2,
        field: 'Contact 1 SMS Consent',
        reason: 'not-yes-or-no',
        subject: 'field',
        shown: 'sometimes',
      },
    ])
  })

  test('of a contact with two rows: a no on either holds, and silence takes nothing away', () => {
    const rows = ['No,,Yes', 'Yes,No,'].map((said) => `${AMARA},Adeyemi,07700900123,${said}`)
    expect(wishesOf(...rows)).toEqual({ sms: false, email: false, marketing: true })
    expect(wishesOf(...rows.toReversed())).toEqual({ sms: false, email: false, marketing: true })
  })
})

describe('the columns are known by their headings', () => {
  const suggested = (headers: string[], rows: string[][] = []) =>
    suggestMapping(headers, rows).columns.map(({ field }) => field)

  test.each([
    ['Contact 2 May be texted', 'contact-2.may-be-texted'],
    ['Parent 1 SMS Opt-in', 'contact-1.may-be-texted'],
    ['Consent to e-mail', 'contact-1.may-be-emailed'],
    ['Contact1EmailConsent', 'contact-1.may-be-emailed'],
    ['Marketing_x0020_Consent', 'contact-1.agreed-to-marketing'],
  ])('%s', (header, field) => expect(suggested([header])).toEqual([field]))

  test('but not one under which a yes means no, nor what was agreed for the pupil', () => {
    for (const header of ['SMS opt out', 'Student Email Consent', 'Pupil marketing consent']) {
      expect(suggested([header])).toEqual(['ignore'])
    }
  })

  test('nor what only ends newsletters as an order not to contact: absence is still told', () => {
    for (const header of ['Unsubscribed from comms', 'Contact 1 Unsubscribed', 'Opted out']) {
      expect(suggested([header], [['Yes']])).toEqual(['ignore'])
    }
  })

  test('nor one whose values are no answers', () => {
    expect(suggested(['Marketing Consent'], [['12/09/2025'], ['form returned']])).toEqual([
      'ignore',
    ])
  })
})
