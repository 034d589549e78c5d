import type { Cell } from './cell.ts'
import { listAt, textAt } from './one-roster-tables.ts'
import type { Table, TableRow, Tables } from './one-roster-tables.ts'

export type PersonKind = 'pupil' | 'contact' | 'staff'

/** Roles of OneRoster 1.1, 1.2 and SDS 2.1, in lower case. Others, such as proctor, are nobody we reach. */
const KINDS: Readonly<Record<string, PersonKind>> = {
  student: 'pupil',
  parent: 'contact',
  guardian: 'contact',
  relative: 'contact',
  teacher: 'staff',
  administrator: 'staff',
  principal: 'staff',
  siteadministrator: 'staff',
  aide: 'staff',
  counselor: 'staff',
  faculty: 'staff',
  professor: 'staff',
  staff: 'staff',
}

export type Person = {
  id: string
  row: TableRow
  kinds: Set<PersonKind>
  roles: string[]
  orgs: string[]
  /** Of roles.csv in SDS; the others have grades in users.csv. */
  grade?: Cell
}

/**
 * Who is what: by users.csv in 1.1, by roles.csv in 1.2, where one person may be both a parent and a teacher.
 * The first row of an id counts; `again` has the others.
 */
export function peopleOf(tables: Tables): { people: Map<string, Person>; again: TableRow[] } {
  const people = new Map<string, Person>()
  const again: TableRow[] = []
  for (const row of tables['users.csv']?.rows ?? []) {
    const id = textAt(row, 'sourcedId')
    if (people.has(id)) again.push(row)
    else people.set(id, personOf(id, row))
  }
  for (const row of tables['roles.csv']?.rows ?? []) {
    const person = people.get(textAt(row, 'userSourcedId'))
    if (!person) continue
    addRole(person, textAt(row, 'role'), textAt(row, 'orgSourcedId'))
    const grade = row.cell('grade')
    if (grade) person.grade ??= grade
  }
  return { people, again }
}

function personOf(id: string, row: TableRow): Person {
  const person: Person = { id, row, kinds: new Set(), roles: [], orgs: [] }
  const orgs = [...listAt(row, 'primaryOrgSourcedId'), ...listAt(row, 'orgSourcedIds')]
  addRole(person, textAt(row, 'role'), undefined)
  person.orgs.push(...orgs)
  return person
}

function addRole(person: Person, role: string, org: string | undefined): void {
  const kind = Object.hasOwn(KINDS, role.toLowerCase()) ? KINDS[role.toLowerCase()] : undefined
  if (kind) person.kinds.add(kind)
  if (role !== '') person.roles.push(role)
  if (org) person.orgs.push(org)
}

/** A contact of a pupil, by the contact's id: in what words, and from which row. */
export type Tie = { contactId: string; relationship: string | null; row: TableRow }

/** More ties than this for one pupil are a mistake; contacts are limited again where they are read. */
const MAX_TIES_A_PUPIL = 50

/**
 * Who belongs to which pupil, said in any of three ways: relationships.csv (SDS), agentSourcedIds of the
 * pupil, or agentSourcedIds of the parent. Nobody is anybody's priority or has parental responsibility:
 * the format does not know either.
 */
export function tiesOf(tables: Tables, people: ReadonlyMap<string, Person>): Map<string, Tie[]> {
  const ties = new Map<string, Tie[]>()
  const add = (pupilId: string, tie: Tie) => {
    const known = ties.get(pupilId) ?? []
    ties.set(pupilId, known)
    const isKnown = known.some((each) => each.contactId === tie.contactId)
    if (!isKnown && known.length < MAX_TIES_A_PUPIL) known.push(tie)
  }
  for (const row of tables['relationships.csv']?.rows ?? []) {
    const relationship = spelt(textAt(row, 'relationshipRole'))
    const contactId = textAt(row, 'relationshipUserSourcedId')
    add(textAt(row, 'userSourcedId'), { contactId, relationship, row })
  }
  for (const { id, row, kinds, roles } of people.values()) {
    for (const other of listAt(row, 'agentSourcedIds')) {
      if (kinds.has('pupil')) add(id, { contactId: other, relationship: null, row })
      else if (kinds.has('contact') && people.get(other)?.kinds.has('pupil')) {
        add(other, { contactId: id, relationship: spelt(roles[0] ?? ''), row })
      }
    }
  }
  return ties
}

/** `emergencyContact` → "Emergency contact". */
export const spelt = (role: string): string | null =>
  role === ''
    ? null
    : role.replace(/([a-z])([A-Z])/g, (_, one, two) => `${one} ${two.toLowerCase()}`)

export type ClassOf = { row: TableRow; isHomeroom: boolean }

/** Classes by pupil. Who teaches them is not kept. */
export function classesOf(
  tables: Tables,
  isDeleted: (row: TableRow) => boolean,
): Map<string, ClassOf[]> {
  const classes = new Map<string, ClassOf>(
    rowsOf(tables['classes.csv'])
      .filter((row) => !isDeleted(row))
      .map((row) => [
        textAt(row, 'sourcedId'),
        { row, isHomeroom: textAt(row, 'classType').toLowerCase() === 'homeroom' },
      ]),
  )
  const classesOfPupils = new Map<string, ClassOf[]>()
  for (const row of rowsOf(tables['enrollments.csv'])) {
    const found = classes.get(textAt(row, 'classSourcedId'))
    if (!found || isDeleted(row)) continue
    if (textAt(row, 'role').toLowerCase() !== 'student') continue
    const id = textAt(row, 'userSourcedId')
    const list = classesOfPupils.get(id) ?? []
    classesOfPupils.set(id, list)
    if (!list.includes(found)) list.push(found)
  }
  return classesOfPupils
}

const rowsOf = (table: Table | undefined): TableRow[] => table?.rows ?? []
