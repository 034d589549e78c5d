import type { RosterContact, RosterWishes } from '../records/roster.ts'
import { readEmails, readPhones } from './addresses.ts'
import { nameProblem, read, reject, words } from './cell.ts'
import type { Cell, RawContact, Report } from './cell.ts'
import { WISH_FIELDS } from './field.ts'
import { splitName } from './names.ts'
import { readNoContact, readPriority, readRelationship, readYesNo } from './values.ts'

export const MAX_CONTACTS_A_PUPIL = 20

/** A pupil's contacts. One who has no name is left out and reported; the pupil stays. */
export function readContacts(raws: RawContact[], report: Report): RosterContact[] {
  const beyond = raws[MAX_CONTACTS_A_PUPIL]
  if (beyond) {
    const { line, field } = beyond
    report.rejected.push({ line, field, reason: 'too-many-contacts', subject: 'contact' })
  }
  return raws
    .slice(0, MAX_CONTACTS_A_PUPIL)
    .map((raw) => readContact(raw, report))
    .filter((contact) => contact !== undefined)
}

function readContact(raw: RawContact, report: Report): RosterContact | undefined {
  const { cells, line } = raw
  const name = contactName(raw, report)
  if (!name) return undefined
  return {
    line,
    ...name,
    relationship: words(cells.relationship, report, readRelationship),
    priority: read(cells.priority, readPriority, report),
    hasParentalResponsibility: read(cells['parental-responsibility'], readYesNo, report),
    language: words(cells.language, report),
    phones: readPhones(raw.phones, report),
    emails: readEmails(raw.emails, report),
    mayNotBeContacted: readNoContact(cells['no-contact']?.text ?? ''),
    ...readWishes(cells, report),
  }
}

/** An empty cell says nothing, and so does one that is neither yes nor no, which is reported. */
function readWishes(cells: RawContact['cells'], report: Report): Pick<RosterContact, 'wishes'> {
  const said = (cell: Cell | undefined) => read(cell, readYesNo, report)
  const [sms, email, marketing] = WISH_FIELDS.map((field) => said(cells[field]))
  const wishes: RosterWishes = {
    ...(typeof sms === 'boolean' && { sms }),
    ...(typeof email === 'boolean' && { email }),
    ...(typeof marketing === 'boolean' && { marketing }),
  }
  return Object.keys(wishes).length > 0 ? { wishes } : {}
}

type ContactName = Pick<RosterContact, 'title' | 'forename' | 'surname'>

function contactName(raw: RawContact, report: Report): ContactName | undefined {
  const { title, forename, surname, 'full-name': full } = raw.cells
  const wrong = [surname, forename, full].find((cell) => cell && nameProblem(cell.text))
  if (wrong) return void reject(report, wrong, nameProblem(wrong.text) ?? 'too-long', 'contact')
  const parts = full ? splitName(full.text) : undefined
  const family = surname?.text ?? parts?.surname
  if (family) {
    return {
      title: words(title, report) ?? parts?.title ?? null,
      forename: forename?.text ?? parts?.forename ?? null,
      surname: family,
    }
  }
  const { line, field } = raw
  report.rejected.push({ line, field, reason: 'contact-without-surname', subject: 'contact' })
  return undefined
}
