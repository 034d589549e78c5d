import type { Cell, RawContact, RawPupil } from './cell.ts'
import { cellOf } from './json.ts'
import type { RawStaff } from './staff.ts'
import { fieldOf, idOf } from './xporter-lists.ts'
import type { Answers, XporterRecord } from './xporter-lists.ts'

/** One student, without contacts and groups, which other lists have. */
export function rawStudent(record: XporterRecord, comms: Comms): RawPupil {
  const legal = fieldOf(record, 'LegalForename')
  const known = fieldOf(record, 'Forename')
  const cells: RawPupil['cells'] = {}
  const put = (name: keyof RawPupil['cells'], text: string, field: string) => {
    const cell = cellOf(text, record.line, `Students ${field}`)
    if (cell) cells[name] = cell
  }
  const plain = (name: keyof RawPupil['cells'], field: string) =>
    put(name, fieldOf(record, field), field)
  plain('upn', 'UPN')
  plain('admission-number', 'AdmissionNo')
  put('reference', idOf(record), 'Id')
  put('surname', fieldOf(record, 'Surname') || fieldOf(record, 'LegalSurname'), 'Surname')
  put('forename', legal || known, legal ? 'LegalForename' : 'Forename')
  if (legal && legal !== known) put('preferred-forename', known, 'Forename')
  plain('middle-names', 'MiddleName')
  plain('gender', 'Gender')
  plain('date-of-birth', 'DateOfBirth')
  plain('year-group', 'YearGroup')
  plain('registration-group', 'RegGroup')
  plain('house', 'HouseGroup')
  const { phones, emails } = comms.of('student', idOf(record))
  const own = cellOf(fieldOf(record, 'WorkEmail'), record.line, 'Students WorkEmail')
  const { line } = record
  return { line, cells, phones, emails: [...(own ? [own] : []), ...emails], contacts: [] }
}

/** A contact as the pupil's tie (StudentContacts) has them. */
export function rawContact(record: XporterRecord, tie: XporterRecord, comms: Comms): RawContact {
  const cells: RawContact['cells'] = {}
  const put = (name: keyof RawContact['cells'], from: XporterRecord, field: string) => {
    const list = from === tie ? 'StudentContacts' : 'Contacts'
    const cell = cellOf(fieldOf(from, field), from.line, `${list} ${field}`)
    if (cell) cells[name] = cell
  }
  put('title', record, 'Title')
  put('forename', record, 'Forename')
  put('surname', record, 'Surname')
  put('language', record, 'HomeLanguage')
  put('relationship', tie, 'Relationship')
  put('priority', tie, 'Priority')
  put('parental-responsibility', tie, 'ParResp')
  const { phones, emails } = comms.of('contact', idOf(record))
  const { line } = record
  return {
    line,
    field: 'Contacts',
    cells,
    phones: [...own(record, 'Contacts', ['MobilePhone', 'HomePhone', 'WorkPhone']), ...phones],
    emails: [...own(record, 'Contacts', ['HomeEmail', 'WorkEmail']), ...emails],
  }
}

export function rawStaff(record: XporterRecord, comms: Comms): RawStaff {
  const { line } = record
  const cell = (field: string) => cellOf(fieldOf(record, field), line, `Staff ${field}`)
  const { phones, emails } = comms.of('staff', idOf(record))
  return {
    line,
    reference: idOf(record),
    title: cell('Title'),
    forename: cell('Forename'),
    surname: cell('Surname'),
    phones: [...own(record, 'Staff', ['MobilePhone', 'WorkPhone']), ...phones],
    emails: [...own(record, 'Staff', ['WorkEmail']), ...emails],
    isCurrent: !/^(previous|future)$/i.test(fieldOf(record, 'StaffStatus')),
  }
}

const own = (record: XporterRecord, list: string, fields: string[]): Cell[] =>
  fields.flatMap((field) => cellOf(fieldOf(record, field), record.line, `${list} ${field}`) ?? [])

type Reached = { phones: Cell[]; emails: Cell[] }

/** Numbers and addresses of PersonComms, by person. The default first, then by priority, 1 before 2. */
export type Comms = { of: (kind: string, id: string) => Reached }

export function commsOf(answers: Answers): Comms {
  const found = new Map<string, XporterRecord[]>()
  for (const record of answers.list('personcomms')) {
    const key = `${fieldOf(record, 'PersonType').toLowerCase()} ${idOf(record, 'PersonId')}`
    const list = found.get(key) ?? []
    found.set(key, list)
    list.push(record)
  }
  return {
    of: (kind, id) => {
      const records = [...(found.get(`${kind} ${id}`) ?? [])].sort((a, b) => rank(a) - rank(b))
      const values = (isWanted: (type: string) => boolean) =>
        records
          .filter((record) => isWanted(fieldOf(record, 'CommsType').toUpperCase()))
          .flatMap((record) => own(record, 'PersonComms', ['Value']))
      return {
        phones: values((type) => type === 'M' || type === 'T'),
        emails: values((type) => type === 'E'),
      }
    },
  }
}

function rank(record: XporterRecord): number {
  const priority = Number(fieldOf(record, 'Priority'))
  const place = Number.isFinite(priority) && priority > 0 ? priority : 99
  return fieldOf(record, 'IsDefault') === '1' ? place - 100 : place
}
