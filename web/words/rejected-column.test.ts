import { expect, test } from 'vitest'
import { rejectedColumn } from './rejected-column.ts'

test.each([
  ['education_details.upn', 'wonde', 'UPN'],
  ['contacts.contact_details.phones', 'wonde', 'Contact: telephone number'],
  ['contacts.relationship.priority', 'wonde', 'Contact: priority'],
  ['employees.surname', 'wonde', 'Member of staff: surname'],
  ['Students DateOfBirth', 'xporter', 'Date of birth'],
  ['StudentContacts ParResp', 'xporter', 'Contact: parental responsibility'],
  ['DOB', 'ctf', 'Date of birth'],
  ['BasicDetails/NCyearActual', 'atf', 'Year group'],
  ['Contacts/Contact/Phones/Phone/PhoneNo', 'ctf', 'Contact: telephone number'],
  ['users.csv givenName', 'one-roster', 'Forename (users.csv)'],
  ['users.csv', 'one-roster', 'The whole row (users.csv)'],
  ['Legal_x0020_Surname', 'sims', 'Legal Surname'],
  ['contact 2 phone 1', 'csv', 'Contact 2: telephone number'],
  ['contacts.0.emails.1', 'csv', 'Contact 1: e-mail address'],
  ['key.upn', 'csv', 'UPN'],
  ['dateOfBirth', 'csv', 'Date of birth'],
  ['Row', 'csv', 'The whole row'],
] as const)('%s of a file of the kind %s is %s', (field, source, words) => {
  expect(rejectedColumn(field, source)).toBe(words)
})

test.each(['Contact 1 Mobile', 'Legal Surname', 'phone', '__proto__', 'constructor', 'DOB'])(
  'the heading of a CSV stays what it is: %s',
  (heading) => {
    expect(rejectedColumn(heading, 'csv')).toBe(heading)
  },
)

test('a name that has no words is left as it is', () => {
  expect(rejectedColumn('constructor', 'wonde')).toBe('constructor')
  expect(rejectedColumn('Photographs', 'ctf')).toBe('Photographs')
})
