import type { Cell, RawContact, RawPupil } from './cell.ts'
import type { ClassOf, Person, Tie } from './one-roster-people.ts'
import { listAt, textAt } from './one-roster-tables.ts'
import type { TableRow } from './one-roster-tables.ts'
import type { RawStaff } from './staff.ts'
import { readUpn } from './upn.ts'

/** One pupil from their rows in users, demographics and classes. Contacts are added by whoever calls. */
export function rawPupil(
  { id, row, grade }: Person,
  demographics: TableRow | undefined,
  classes: readonly ClassOf[] | undefined,
): RawPupil {
  const homeroom = classes?.find((each) => each.isHomeroom)
  const upn = upnOf(row)
  const number = row.cell('identifier')
  const cells: RawPupil['cells'] = {
    ...put('upn', upn),
    ...put('admission-number', number && number.text !== upn?.text ? number : undefined),
    ...put('reference', { line: row.line, field: 'users.csv sourcedId', text: id }),
    ...put('surname', row.cell('preferredFamilyName') ?? row.cell('familyName')),
    ...put('forename', row.cell('givenName')),
    ...put('preferred-forename', row.cell('preferredGivenName')),
    ...put('middle-names', row.cell('middleName')),
    ...put('gender', demographics?.cell('sex')),
    ...put('date-of-birth', demographics?.cell('birthDate')),
    ...put('year-group', gradeOf(row) ?? grade),
    ...put('registration-group', homeroom?.row.cell('title')),
  }
  const groups = classes
    ?.filter((each) => each !== homeroom)
    .flatMap(({ row: { cell } }) => cell('title') ?? [])
  return { line: row.line, cells, ...reachedBy(row), contacts: [], ...(groups ? { groups } : {}) }
}

const put = <Name extends string>(name: Name, cell: Cell | undefined) =>
  (cell ? { [name]: cell } : {}) as Partial<Record<Name, Cell>>

/** A UPN stands in `identifier`, or in `userIds` as `{UPN:H801200001001}`; only one that holds is believed. */
function upnOf(row: TableRow): Cell | undefined {
  const identifier = row.cell('identifier')
  if (identifier && readUpn(identifier.text).ok) return identifier
  const [, told] = /\{UPN:\s*([^}]{1,40})\}/i.exec(textAt(row, 'userIds')) ?? []
  return told ? { line: row.line, field: 'users.csv userIds', text: told } : undefined
}

/** "04" is Year 4 in a British export. Codes of other countries (KG, PK) stay as they are written. */
function gradeOf(row: TableRow): Cell | undefined {
  const [first] = listAt(row, 'grades')
  return first ? { line: row.line, field: 'users.csv grades', text: first } : undefined
}

const reachedBy = (row: TableRow): { phones: Cell[]; emails: Cell[] } => ({
  phones: ['sms', 'phone'].flatMap((column) => row.cell(column) ?? []),
  emails: ['email'].flatMap((column) => row.cell(column) ?? []),
})

/** A parent, under the word that the tie has for them. */
export function rawContact({ row, roles }: Person, tie: Tie): RawContact {
  const { line } = tie.row
  const relationship = tie.relationship ?? roles[0]
  const cells: RawContact['cells'] = {
    ...put('surname', row.cell('preferredFamilyName') ?? row.cell('familyName')),
    ...put('forename', row.cell('preferredGivenName') ?? row.cell('givenName')),
    ...put(
      'relationship',
      relationship ? { line, field: `${tie.row.file} role`, text: relationship } : undefined,
    ),
  }
  return { line: row.line, field: 'users.csv', cells, ...reachedBy(row) }
}

export function rawStaff({ id, row }: Person): RawStaff {
  return {
    line: row.line,
    reference: id,
    title: undefined,
    forename: row.cell('preferredGivenName') ?? row.cell('givenName'),
    surname: row.cell('preferredFamilyName') ?? row.cell('familyName'),
    ...reachedBy(row),
    isCurrent: true,
  }
}
