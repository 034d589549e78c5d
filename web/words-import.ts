/**
 * All that the import pages say about a file: one sentence for each reason, in a school office's English,
 * ending in what to do. A reason without a sentence does not compile.
 */
import { MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, fieldParts } from '#mis'
import type {
  ContactField,
  Dropped,
  FieldName,
  FileProblem,
  FileProblemReason,
  MappingProblem,
  PupilField,
  Rejected,
  RejectedReason,
} from '#mis'

/** Why the whole file was refused, with the line if there is one. Nothing has been changed. */
export function fileProblemWords(problem: FileProblem): string {
  const { file, line, column } = problem
  const place = [
    ...(file === undefined ? [] : [file]),
    ...(line === undefined ? [] : [`${file === undefined ? 'Line' : 'line'} ${line}`]),
    ...(column === undefined ? [] : [`character ${column}`]),
  ].join(', ')
  const sentence = fileProblems[problem.reason](problem.detail ?? '')
  return place === '' ? sentence : `${place}: ${lowerFirst(sentence)}`
}

/** "Line 14, DOB: this is not a date. Use 23/11/2015 or 2015-11-23." The value is shown beside it. */
export const rejectedWords = ({ line, field, reason, subject }: Rejected): string =>
  subject === 'row'
    ? `Line ${line}: ${lowerFirst(rejectedReasons[reason])}`
    : `Line ${line}, ${field}: ${lowerFirst(rejectedReasons[reason])}`

/** The same without its place, where a table has columns for line and column. */
export const rejectedReason = ({ reason }: Pick<Rejected, 'reason'>): string =>
  rejectedReasons[reason]

export const droppedWords: Record<Dropped['why'], string> = {
  'not-needed': 'Left out: Schoolgate does not need this and does not keep it.',
  'not-mapped': 'Left out: the column was not matched to anything.',
}

export function mappingProblemWords(problem: MappingProblem): string {
  switch (problem.reason) {
    case 'no-column-for-surname':
      return 'Choose the column that holds the pupil’s surname.'
    case 'no-column-for-forename':
      return 'Choose the column that holds the pupil’s forename.'
    case 'nothing-identifies-pupils':
      return 'Choose a column for the UPN, the admission number or the date of birth, so that each pupil is known again next time.'
    case 'same-field-twice':
      return `${fieldWords(problem.field)} is chosen for more than one column: ${problem.headers.join(', ')}. Choose it once.`
    case 'contact-without-name-column':
      return `Choose a column for the name of contact ${problem.group}, or leave that contact’s other columns out.`
    case 'not-this-files-columns':
      return 'These choices belong to another file. Upload the file again.'
  }
}

/** "Date of birth", "Contact 2: mobile": for the list that a column is matched from. */
export function fieldWords(name: FieldName | 'ignore'): string {
  const parts = fieldParts(name)
  if (parts === undefined) return 'Leave out'
  return parts.of === 'pupil'
    ? pupilFields[parts.field]
    : `Contact ${parts.group}: ${contactFields[parts.field].toLowerCase()}`
}

const lowerFirst = (sentence: string): string =>
  /^(?:UPN|XML|CSV|PDF)\b/.test(sentence)
    ? sentence
    : sentence.charAt(0).toLowerCase() + sentence.slice(1)

const fileProblems: Record<FileProblemReason, (detail: string) => string> = {
  'empty-file': () => 'The file is empty. Export it again from your school’s system.',
  'too-big': (megabytes) =>
    `The file is ${megabytes} MB. The most that can be read is ${MAX_FILE_BYTES / 1_000_000} MB. Leave out columns that are not needed, such as photographs.`,
  'spreadsheet-not-csv': () =>
    'This is a spreadsheet, not a CSV file. Open it, choose Save As, then “CSV UTF-8 (comma delimited)”, and upload that.',
  'compressed-file': () => 'This is a compressed (zip) file. Unpack it and upload the file inside.',
  'pdf-file': () =>
    'This is a PDF, which cannot be read as a list. Export the data as CSV instead.',
  'not-a-text-file': () => 'This is not a CSV or XML file. Export the data as CSV and upload that.',
  'unknown-encoding': (encoding) =>
    `The file says that it is written in “${encoding}”, which cannot be read. Export it as UTF-8.`,
  'line-too-long': () =>
    'This line is far too long for a list of pupils. Check that the file is the one you meant to upload.',
  'single-column': () =>
    'Only one column was found. Columns must be separated by commas, semicolons or tabs.',
  'no-heading-row': () =>
    'The first row looks like a pupil, not headings. Export the file again with column headings in its first row.',
  'no-rows': () => 'The file has headings but no pupils below them.',
  'too-many-rows': (limit) =>
    `The file has more than ${limit || MAX_ROWS.toLocaleString('en-GB')} rows. Divide it, or check that it is the one you meant.`,
  'too-many-columns': () =>
    `The file has more than ${MAX_COLUMNS} columns. Leave out those that are not needed.`,
  'wrong-number-of-cells': (counts) =>
    `This row does not have one cell for each heading (${counts}). A comma inside a name may need quotation marks around the name.`,
  'stray-quote': () =>
    'There is a quotation mark in the middle of a cell. Put quotation marks around the whole cell and double the one inside, or remove it.',
  'quote-not-closed': () =>
    'A quotation mark opens here and is never closed. Remove it, or add the closing one.',
  'mapping-does-not-fit': () => 'The columns chosen do not fit this file. Match its columns again.',
  'has-a-doctype': () =>
    'The file contains a document type declaration, which transfer files never have, so it was not opened. Export it again from your school’s system.',
  'not-well-formed': (tag) =>
    `The XML breaks here${tag ? `, at “${tag}”` : ''}, so the file may have been cut short or edited. Export it again from your school’s system.`,
  'nested-too-deep': () => 'The XML has too many elements inside each other to be a transfer file.',
  'two-roots': () =>
    'The file holds two XML documents one after the other. A transfer file has a single CTfile or ATfile around everything. Export it again from your school’s system.',
  'not-a-transfer-file': (root) =>
    `This is not a Common Transfer File or an admissions file${root ? `: it begins with “${root}”` : ''}. Export a CTF or ATF, or a CSV file.`,
  'no-pupils': () => 'The file has no pupils in it.',
  'not-json': () =>
    'The file begins like JSON but cannot be read as JSON, so it may have been cut short. Export it again from your school’s system.',
  'not-an-export': () =>
    'This is not an export of pupils that Schoolgate knows: it looks like a document or a settings file. Export the list of pupils from your school’s system.',
  'export-failed': (code) =>
    `Your school’s system wrote an error instead of data${code ? ` (${code})` : ''}. Run the export again, and ask the system’s support if it stays.`,
  'zip-broken': () =>
    'The zip file is damaged or was cut short. Export it again from your school’s system.',
  'zip-locked': () =>
    'The zip file is protected with a password, so it cannot be opened here. Export it without one.',
  'zip-too-big': (megabytes) =>
    `The files in the zip come to more than ${megabytes} MB when they are unpacked, far more than lists of pupils do. Check that it is the file you meant.`,
  'zip-too-many-files': (limit) =>
    `There are more than ${limit} files in the zip. A OneRoster export has fewer than 20.`,
  'zip-same-file-twice': () =>
    'The zip has this file more than once, so it is not clear which counts.',
  'file-missing': () =>
    'The export says that this file is in it, or cannot be understood without it, and it is not there. Export everything again.',
  'column-missing': (column) =>
    `The column “${column}” is missing. Export it again with that column.`,
  'several-schools': (count) =>
    `The export has the pupils of ${count} schools. Export your own school alone.`,
}

const rejectedReasons: Record<RejectedReason, string> = {
  'no-surname':
    'The pupil has no surname, so this row was not taken. Add it in your school’s system.',
  'no-forename':
    'The pupil has no forename, so this row was not taken. Add it in your school’s system.',
  'cannot-be-identified':
    'The pupil has no valid UPN, admission number or date of birth, so this row was not taken. Add one of them.',
  duplicate: 'This pupil is already in the file and the row adds nothing, so it was not taken.',
  'conflicts-with-earlier-row':
    'An earlier row has the same UPN or admission number for somebody else, so this row was not taken. Correct whichever is wrong.',
  'matches-earlier-row':
    'This row and an earlier one seem to be the same pupil on roll, so this row was not taken. Add the UPN to both.',
  'matches-two-pupils':
    'This row could be either of two pupils on roll, so it was not taken. Check the UPN and the admission number.',
  'number-of-another-pupil':
    'The UPN or admission number is that of another pupil on roll, whose name and date of birth are different, so this row was not taken. Check the number.',
  'looks-like-a-formula':
    'This begins with an equals sign, like a formula, so it was not taken. Type the name itself.',
  'contact-without-surname': 'This contact has no name, so it was not taken. Add a surname.',
  'too-many-contacts': 'This pupil has more than 20 contacts. The rest were not taken.',
  'too-many-values': 'There are more than 10 here for one person. The rest were not taken.',
  'too-many-groups': 'This pupil is in more than 60 groups. The rest were not taken.',
  'no-role':
    'The file does not say whether this person is a pupil, a parent or staff, so they were not taken.',
  'not-as-agreed':
    'This record is not written as the agent writes it, so it was not taken. Update the agent, or look at the export.',
  'matches-two-contacts':
    'The pupil has two contacts of this name, so this was not taken. Tell them apart in your school’s system.',
  'matches-two-staff':
    'This could be either of two members of staff, so it was not taken. Give each their own id in your school’s system.',
  'unknown-person': 'The person named here is not in the file, so this was not taken.',
  'not-a-contact':
    'The person named here is a pupil or a member of staff in the file, not a parent or carer, so they were not taken as a contact.',
  'too-long': 'This is longer than 100 characters, so it was not taken. Shorten it.',
  'upn-shape': 'UPN not taken: it must be one letter and 12 digits, such as H801200001001.',
  'upn-check-letter':
    'UPN not taken: its first letter does not match its digits, so one of them is mistyped.',
  'not-a-date': 'This is not a date. Use 23/11/2015 or 2015-11-23.',
  'date-not-plausible': 'Nobody at school was born on this date. Check the year.',
  'not-yes-or-no': 'This is neither yes nor no. Use Yes or No.',
  'not-a-priority': 'This is not a priority. Use a whole number from 1 to 99; 1 is called first.',
  'phone-not-a-number': 'This is not a telephone number, so it was not taken.',
  'phone-two-numbers':
    'There seem to be two numbers here, so neither was taken. Put each in its own column, or a semicolon between them.',
  'phone-spreadsheet-damage':
    'A spreadsheet has changed this number and its digits are lost. Export it again, with the column formatted as text.',
  'phone-extension':
    'A number with an extension cannot be dialled by machine, so it was not taken.',
  'phone-too-short': 'This telephone number has too few digits, so it was not taken.',
  'phone-too-long': 'This telephone number has too many digits, so it was not taken.',
  'phone-not-in-use':
    'No telephone has this number, so it was not taken. Check it with the family.',
  'phone-premium-rate': 'This is a number that costs extra to call, so it was not taken.',
  'phone-personal-number': 'Numbers that begin 070 are costly to call, so it was not taken.',
  'phone-pager': 'This is a pager’s number, so it was not taken.',
  'email-too-long': 'This e-mail address is too long, so it was not taken.',
  'email-not-an-address':
    'This is not an e-mail address, so it was not taken. It should look like name@example.com.',
  'email-two-addresses':
    'There seem to be two e-mail addresses here that cannot be told apart. Put a semicolon between them.',
  'email-display-name': 'Give the e-mail address alone, without a name beside it.',
  'email-bad-local-part':
    'The part of this e-mail address before the @ is not valid, so it was not taken.',
  'email-bad-domain':
    'The part of this e-mail address after the @ is not valid, so it was not taken.',
}

const pupilFields: Record<PupilField, string> = {
  upn: 'UPN',
  'admission-number': 'Admission number',
  surname: 'Surname',
  forename: 'Forename',
  'preferred-forename': 'Preferred forename',
  'middle-names': 'Middle names',
  gender: 'Gender',
  'date-of-birth': 'Date of birth',
  'year-group': 'Year group',
  'registration-group': 'Registration group',
  house: 'House',
  email: 'E-mail of the pupil',
  phone: 'Phone of the pupil',
}

const contactFields: Record<ContactField, string> = {
  title: 'Title',
  forename: 'Forename',
  surname: 'Surname',
  'full-name': 'Full name',
  relationship: 'Relationship',
  priority: 'Priority',
  'parental-responsibility': 'Parental responsibility',
  mobile: 'Mobile',
  'home-phone': 'Home phone',
  'work-phone': 'Work phone',
  phone: 'Phone',
  email: 'E-mail',
  language: 'Language',
  'no-contact': 'Do not contact',
}
