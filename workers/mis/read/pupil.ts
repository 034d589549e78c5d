import type { PupilKey, RejectedReason, RosterPupil } from '../records/roster.ts'
import { readEmails, readPhones } from './addresses.ts'
import { nameProblem, read, reject, words } from './cell.ts'
import type { Cell, RawPupil, Report } from './cell.ts'
import { readContacts } from './contact.ts'
import { readUpn } from './upn.ts'
import { readBirthDate, readGender, readYearGroup } from './values.ts'

/**
 * Understands one pupil. What is wrong with one value costs that value only; a pupil whom nobody could
 * name or find again costs the row. Everything that was not taken is reported.
 */
export function readPupil(raw: RawPupil, report: Report): RosterPupil | undefined {
  const key = readKey(raw, report)
  const refuse = (field: string, reason: RejectedReason) =>
    report.rejected.push({ line: raw.line, field, reason, subject: 'row', key })

  const { surname, forename } = raw.cells
  if (!surname) return void refuse('Surname', 'no-surname')
  if (!forename) return void refuse('Forename', 'no-forename')
  const wrong = [surname, forename].find((cell) => nameProblem(cell.text))
  if (wrong) return void refuse(wrong.field, nameProblem(wrong.text) ?? 'too-long')
  const dateOfBirth = read(raw.cells['date-of-birth'], readBirthDate, report)
  if (!key.upn && !key.admissionNumber && !key.reference && !dateOfBirth) {
    return void refuse('UPN', 'cannot-be-identified')
  }
  return {
    line: raw.line,
    key,
    surname: surname.text,
    forename: forename.text,
    preferredForename: words(raw.cells['preferred-forename'], report),
    middleNames: words(raw.cells['middle-names'], report),
    gender: words(raw.cells.gender, report, readGender),
    dateOfBirth,
    yearGroup: words(raw.cells['year-group'], report, readYearGroup),
    registrationGroup: words(raw.cells['registration-group'], report),
    house: words(raw.cells.house, report),
    phones: readPhones(raw.phones, report),
    emails: readEmails(raw.emails, report),
    contacts: readContacts(raw.contacts, report),
    ...(raw.groups ? { curriculumGroups: readGroups(raw.groups, report) } : {}),
  }
}

/** Nobody is in more lessons than this; a file with more has put a whole school in each class. */
export const MAX_GROUPS_A_PUPIL = 60

function readGroups(cells: Cell[], report: Report): string[] {
  const beyond = cells[MAX_GROUPS_A_PUPIL]
  if (beyond) reject(report, beyond, 'too-many-groups')
  const names = cells.slice(0, MAX_GROUPS_A_PUPIL).map((cell) => words(cell, report))
  return [...new Set(names.filter((name) => name !== null))].sort()
}

function readKey({ cells }: RawPupil, report: Report): PupilKey {
  return {
    upn: read(cells.upn, readUpn, report),
    admissionNumber: words(cells['admission-number'], report),
    reference: words(cells.reference, report),
  }
}
