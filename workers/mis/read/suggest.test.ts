import { describe, expect, test } from 'vitest'
import { suggestMapping } from './suggest.ts'

const suggested = (headers: string[], rows: string[][] = []) =>
  suggestMapping(headers, rows).columns.map((column) => column.field)

describe('exports of the systems that schools have', () => {
  test('SIMS, one contact a row, with its spelling of a space', () => {
    expect(
      suggested([
        'Adno',
        'Legal_x0020_Surname',
        'Legal_x0020_Forename',
        'Preferred_x0020_Forename',
        'DOB',
        'Year',
        'Reg',
        'UPN',
        'Contact_x0020_Title',
        'Contact_x0020_Forename',
        'Contact_x0020_Surname',
        'Relationship',
        'Priority',
        'Par_x0020_Resp',
        'Mobile',
        'Email',
      ]),
    ).toEqual([
      'pupil.admission-number',
      'pupil.surname',
      'pupil.forename',
      'pupil.preferred-forename',
      'pupil.date-of-birth',
      'pupil.year-group',
      'pupil.registration-group',
      'pupil.upn',
      'contact-1.title',
      'contact-1.forename',
      'contact-1.surname',
      'contact-1.relationship',
      'contact-1.priority',
      'contact-1.parental-responsibility',
      'contact-1.mobile',
      'contact-1.email',
    ])
  })

  test('Bromcom, contacts side by side', () => {
    expect(
      suggested([
        'StudentId',
        'FirstName',
        'LastName',
        'PreferredFirstName',
        'GenderCode',
        'DateOfBirth',
        'StudentEmail',
        'Upn',
        'EthnicityCode',
        'YearGroup',
        'TutorGroupName',
        'Contact1Name',
        'Contact1Telephone',
        'Contact1Email',
        'Contact1ParentalResponsibility',
        'Contact2Name',
        'Contact2Telephone',
        'Contact2Relationship',
      ]),
    ).toEqual([
      'pupil.admission-number',
      'pupil.forename',
      'pupil.surname',
      'pupil.preferred-forename',
      'pupil.gender',
      'pupil.date-of-birth',
      'pupil.email',
      'pupil.upn',
      'ignore',
      'pupil.year-group',
      'pupil.registration-group',
      'contact-1.full-name',
      'contact-1.phone',
      'contact-1.email',
      'contact-1.parental-responsibility',
      'contact-2.full-name',
      'contact-2.phone',
      'contact-2.relationship',
    ])
  })

  test('an office’s own spreadsheet', () => {
    expect(
      suggested([
        'Pupil Surname',
        'Pupil First Name',
        'D.O.B.',
        'Class',
        'House',
        'Mother’s Name',
        'Mother’s Mobile',
        'Father',
        'Father E-mail',
        'Parent 3 - Mobile No.',
        'Court Order',
        'P4 Email',
        'Priority 5 Contact Name',
        'Contact 1 Telephone 2',
      ]),
    ).toEqual([
      'pupil.surname',
      'pupil.forename',
      'pupil.date-of-birth',
      'pupil.registration-group',
      'pupil.house',
      'contact-1.full-name',
      'contact-1.mobile',
      'contact-2.full-name',
      'contact-2.email',
      'contact-3.mobile',
      'contact-3.no-contact',
      'contact-4.email',
      'contact-5.full-name',
      'contact-1.phone',
    ])
  })
})

describe('rather nothing than a wrong guess', () => {
  test('an e-mail belongs to the contact on its left, else to the pupil', () => {
    expect(suggested(['Email', 'Contact Name', 'Email', 'Mobile'])).toEqual([
      'pupil.email',
      'contact-1.full-name',
      'contact-1.email',
      'contact-1.mobile',
    ])
  })
  test('another number stands in for the admission number only where there is none', () => {
    expect(suggested(['Student ID', 'Adm No'])).toEqual(['ignore', 'pupil.admission-number'])
    expect(suggested(['Student ID', 'Surname'])).toEqual([
      'pupil.admission-number',
      'pupil.surname',
    ])
  })
  test('a heading that comes again is the contact’s', () => {
    expect(suggested(['Surname', 'Forename', 'Surname', 'Forename'])).toEqual([
      'pupil.surname',
      'pupil.forename',
      'contact-1.surname',
      'contact-1.forename',
    ])
  })
  test('a second kind of pupil’s surname is not a contact', () => {
    expect(suggested(['Legal Surname', 'Forename', 'Surname'])).toEqual([
      'pupil.surname',
      'pupil.forename',
      'ignore',
    ])
  })
  test.each([
    'Tutor Email',
    'Staff Surname',
    'Doctor Telephone',
    'Address Line 1',
    'FSM',
    'First Language',
    'Name',
    'Title',
  ])('%s is left out', (header) => expect(suggested([header])).toEqual(['ignore']))
  test('values that contradict the heading win', () => {
    expect(suggested(['DOB', 'Email', 'UPN', 'Mobile'], [['Year 4', 'yes', '14', 'none']])).toEqual(
      ['ignore', 'ignore', 'ignore', 'ignore'],
    )
    expect(
      suggested(
        ['DOB', 'Email'],
        [
          ['', ''],
          ['23/11/2015', 'a@example.com'],
        ],
      ),
    ).toEqual(['pupil.date-of-birth', 'pupil.email'])
  })
})
