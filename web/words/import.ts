/**
 * All that the import pages say about a file: one sentence for each reason, in a school office's English,
 * ending in what to do. A reason without a sentence does not compile.
 */
import { MAX_COLUMNS, MAX_FILE_BYTES, MAX_PEOPLE, MAX_POINTS, MAX_ROWS, fieldParts } from '#mis'
import type {
  ContactField,
  Dropped,
  FieldName,
  FileProblem,
  FileProblemReason,
  MappingProblem,
  PupilField,
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
  'compressed-file': () =>
    'This is a compressed (zip) file. Unpack it and upload the file inside. A OneRoster export is taken by the agent instead: see Agents.',
  'json-file': () =>
    'This is JSON, as Wonde and Xporter give it. The agent takes that: see Agents. To upload a file here, export it as CSV.',
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
  'too-many-people': () =>
    `There are more than ${MAX_PEOPLE.toLocaleString('en-GB')} pupils and contacts in the file, or more than ${MAX_POINTS.toLocaleString('en-GB')} numbers and addresses. Divide it by year groups, and upload each part as “Some pupils only”.`,
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
  'may-be-texted': 'May be texted',
  'may-be-emailed': 'May be e-mailed',
  'agreed-to-marketing': 'Agreed to marketing',
}
