import type { RosterStaff } from '../records/roster.ts'
import { readEmails, readPhones } from './addresses.ts'
import { nameProblem, reject, words } from './cell.ts'
import type { Cell, Report } from './cell.ts'

/** A member of staff as a file has them, before the values are understood. */
export type RawStaff = {
  line: number
  reference: string
  title: Cell | undefined
  forename: Cell | undefined
  surname: Cell | undefined
  phones: Cell[]
  emails: Cell[]
  isCurrent: boolean
}

/** More than any school or trust employs at one site. */
export const MAX_STAFF = 5_000

/** Understands one member of staff. One without a name is left out and reported, with their id. */
export function readStaff(raw: RawStaff, report: Report): RosterStaff | undefined {
  const own: Report = { rejected: [] }
  const staff = understood(raw, own)
  const key = { upn: null, admissionNumber: null, reference: raw.reference || null }
  report.rejected.push(
    ...own.rejected.map((each) => ({
      ...each,
      of: 'staff' as const,
      ...(each.subject === 'row' && { key }),
    })),
  )
  return staff
}

function understood(raw: RawStaff, report: Report): RosterStaff | undefined {
  const { line, surname, forename } = raw
  const refuse = (field: string, reason: 'no-surname' | 'no-forename') =>
    report.rejected.push({ line, field, reason, subject: 'row' })
  if (!surname) return void refuse('Surname', 'no-surname')
  if (!forename) return void refuse('Forename', 'no-forename')
  const wrong = [surname, forename].find((cell) => nameProblem(cell.text))
  if (wrong) return void reject(report, wrong, nameProblem(wrong.text) ?? 'too-long', 'row')
  return {
    line,
    reference: raw.reference,
    title: words(raw.title, report),
    forename: forename.text,
    surname: surname.text,
    phones: readPhones(raw.phones, report),
    emails: readEmails(raw.emails, report),
    isCurrent: raw.isCurrent,
  }
}
