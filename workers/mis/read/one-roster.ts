import { problem } from '../records/roster.ts'
import type {
  Dropped,
  FileProblem,
  PupilKey,
  RosterSchool,
  RosterStaff,
} from '../records/roster.ts'
import type { RawContact, RawPupil, Report } from './cell.ts'
import { add, gather, startGathering } from './gather.ts'
import { classesOf, peopleOf, tiesOf } from './one-roster-people.ts'
import type { ClassOf, Person, Tie } from './one-roster-people.ts'
import { rawContact, rawPupil, rawStaff } from './one-roster-raw.ts'
import { isDeleted, isOneRosterFile, readTables, textAt } from './one-roster-tables.ts'
import type { TableRow, Tables } from './one-roster-tables.ts'
import { readManifest } from './one-roster-manifest.ts'
import { lendIds } from './lend-ids.ts'
import type { RosterRead } from './rows-to-roster.ts'
import { MAX_STAFF, readStaff } from './staff.ts'
import { unzip } from './unzip.ts'

/** A OneRoster 1.1 or 1.2 CSV bundle, or Microsoft's SDS 2.1 form of it, as one zip. */
export function readOneRosterZip(bytes: Uint8Array): RosterRead {
  const unzipped = unzip(bytes, isOneRosterFile)
  return unzipped.ok ? readOneRoster(unzipped.files) : unzipped
}

/**
 * The same as separate files, by their names in lower case. The format knows neither whom to call first
 * nor who has parental responsibility, so both are null for every contact: a school that sends by either
 * rule has to say so itself.
 */
export function readOneRoster(files: ReadonlyMap<string, Uint8Array>): RosterRead {
  const read = readTables(files)
  if (!read.ok) return read
  const { tables } = read
  const manifest = readManifest(tables)
  if (!manifest.ok) return manifest
  const { people, again } = peopleOf(tables)
  const school = schoolOf(tables, people)
  if (!school.ok) return school
  if (!tables['roles.csv'] && !tables['users.csv']?.headers.some((name) => /^role$/i.test(name))) {
    return problem('column-missing', { file: 'users.csv', detail: 'role' })
  }

  const world: World = {
    tables,
    people,
    again,
    ties: tiesOf(tables, people),
    classes: classesOf(tables, isDeleted),
    isFull: manifest.isFull,
    areGroupsWhole: manifest.areGroupsWhole,
  }
  return rosterOf(world, school.school)
}

type World = {
  tables: Tables
  people: Map<string, Person>
  again: TableRow[]
  ties: Map<string, Tie[]>
  classes: ReadonlyMap<string, ClassOf[]>
  isFull: boolean
  areGroupsWhole: boolean
}

function rosterOf(world: World, school: RosterSchool | null): RosterRead {
  const { people, isFull, tables } = world
  const gathering = startGathering()
  const refused: Report = { rejected: [] }
  for (const row of world.again) {
    const key = keyOf(textAt(row, 'sourcedId'))
    refused.rejected.push({
      line: row.line,
      field: row.file,
      reason: 'duplicate',
      subject: 'row',
      key,
    })
  }
  const raws = rawPupils(world, refused)
  lendIds(raws)
  for (const raw of raws) gather(gathering, raw)
  const staff = staffOf(world, refused)
  add(gathering, refused.rejected)
  const { pupils, rejected, moreRejected } = gathering
  if (pupils.length + rejected.length === 0) return problem('no-pupils')
  const leavers = [...people.values()]
    .filter(({ row, kinds }) => kinds.has('pupil') && isDeleted(row))
    .map(({ id }) => keyOf(id))
  return {
    ok: true,
    roster: {
      source: 'one-roster',
      school,
      isFull,
      pupils,
      rejected: rejected.sort((a, b) => a.line - b.line),
      moreRejected,
      dropped: droppedOf(tables),
      staff,
      leavers,
      ...(isFull ? {} : { areContactsPartial: true as const }),
    },
  }
}

const keyOf = (id: string): PupilKey => ({ upn: null, admissionNumber: null, reference: id })

function rawPupils(world: World, refused: Report): RawPupil[] {
  const { tables, people, ties, classes, areGroupsWhole } = world
  const demographics = new Map(
    (tables['demographics.csv']?.rows ?? []).map((row) => [
      textAt(row, 'userSourcedId') || textAt(row, 'sourcedId'),
      row,
    ]),
  )
  const tied = new Set([...ties.values()].flatMap((list) => list.map((tie) => tie.contactId)))
  const raws: RawPupil[] = []
  for (const person of people.values()) {
    const { id, row, kinds } = person
    if (isDeleted(row)) continue
    if (kinds.size === 0 && person.roles.length === 0 && !tied.has(id)) {
      refused.rejected.push({
        line: row.line,
        field: 'users.csv',
        reason: 'no-role',
        subject: 'row',
        key: keyOf(id),
      })
    }
    if (!kinds.has('pupil')) continue
    const theirs = areGroupsWhole ? (classes.get(id) ?? []) : undefined
    const raw = rawPupil(person, demographics.get(id), theirs)
    raw.contacts = rawContacts(world, ties.get(id) ?? [], refused)
    raws.push(raw)
  }
  return raws
}

/** In a file of changes a parent whose own row did not change is not there, which is no fault. */
function rawContacts({ people, isFull }: World, ties: Tie[], refused: Report): RawContact[] {
  return ties.flatMap((tie) => {
    const person = people.get(tie.contactId)
    if (person && isDeleted(person.row)) return []
    if (person && isContact(person, tie)) return [rawContact(person, tie)]
    if (!person && !isFull) return []
    const { line, file: field } = tie.row
    const reason = person ? 'not-a-contact' : 'unknown-person'
    refused.rejected.push({
      line,
      field,
      reason,
      subject: 'contact',
      shown: tie.contactId.slice(0, 60),
    })
    return []
  })
}

/** A pupil is never a contact: a sibling, or the child itself, is no parent. Staff are, where a tie says as what. */
const isContact = ({ kinds }: Person, { relationship }: Tie): boolean =>
  !kinds.has('pupil') && (kinds.has('contact') || kinds.size === 0 || relationship !== null)

function staffOf({ people }: World, refused: Report): RosterStaff[] {
  return [...people.values()]
    .filter(({ kinds, row }) => kinds.has('staff') && !isDeleted(row))
    .slice(0, MAX_STAFF)
    .map((person) => readStaff(rawStaff(person), refused))
    .filter((person) => person !== undefined)
}

type SchoolRead = { ok: true; school: RosterSchool | null } | { ok: false; problem: FileProblem }

/** Pupils of two schools in one bundle: the other school's children must not come in with ours. */
function schoolOf(tables: Tables, people: ReadonlyMap<string, Person>): SchoolRead {
  const schools = new Map(
    (tables['orgs.csv']?.rows ?? [])
      .filter((row) => textAt(row, 'type').toLowerCase() === 'school')
      .map((row) => [textAt(row, 'sourcedId'), row]),
  )
  const attended = new Set<string>()
  for (const { kinds, row, orgs } of people.values()) {
    const org = kinds.has('pupil') && !isDeleted(row) && orgs.find((each) => schools.has(each))
    if (org) attended.add(org)
  }
  if (attended.size > 1) return problem('several-schools', { detail: String(attended.size) })
  const [id] = attended
  const row = id === undefined ? undefined : schools.get(id)
  if (!row) return { ok: true, school: null }
  const number = textAt(row, 'identifier')
  const [, laCode = null, establishment = null] = /^(\d{3})[ /-]?(\d{4})$/.exec(number) ?? []
  // Whatever else it is called by, where it has no name: an id that nobody knows is held as a name is.
  const name = textAt(row, 'name') || (establishment ? null : number || id) || null
  return { ok: true, school: { laCode, establishment, name } }
}

/** Columns that hold something we have no use for, with how many of their cells did. */
function droppedOf(tables: Tables): Dropped[] {
  return Object.values(tables).flatMap(({ file, headers, rows }) =>
    headers
      .filter((column) => !USED.has(column.toLowerCase()))
      .map((column) => ({
        column: `${file} ${column}`,
        count: rows.filter((row) => row.cell(column) !== undefined).length,
        why: 'not-needed' as const,
      }))
      .filter(({ count }) => count > 0),
  )
}

/** Columns that are read, or that say what the others mean. */
const USED = new Set(
  `sourcedId status dateLastModified propertyName value name type identifier role userSourcedId orgSourcedId
  orgSourcedIds primaryOrgSourcedId givenName familyName middleName preferredGivenName preferredFamilyName
  userIds email sms phone agentSourcedIds grades grade birthDate sex title classType classSourcedId
  relationshipUserSourcedId relationshipRole`
    .toLowerCase()
    .split(/\s+/),
)
