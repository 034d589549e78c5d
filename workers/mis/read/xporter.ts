import { problem } from '../records/roster.ts'
import type { Dropped, PupilKey, RosterSchool } from '../records/roster.ts'
import type { Cell, RawContact, RawPupil, Report } from './cell.ts'
import { countDrops } from './drops.ts'
import type { Drops } from './drops.ts'
import { add, gather, startGathering } from './gather.ts'
import { cellOf } from './json.ts'
import { lendIds } from './lend-ids.ts'
import type { RosterRead } from './rows-to-roster.ts'
import { MAX_STAFF, readStaff } from './staff.ts'
import { fieldOf, idOf, readAnswers } from './xporter-lists.ts'
import type { Answers, XporterRecord } from './xporter-lists.ts'
import { commsOf, rawContact, rawStaff, rawStudent } from './xporter-people.ts'
import type { Comms } from './xporter-people.ts'

/**
 * Pupils as Groupcall's Xporter answers: Students, Contacts, StudentContacts, PersonComms, Group with its
 * members, Staff and SchoolInfo, together or an answer each. Who is missing has left only where Students
 * are whole and no changes; contacts that come as changes end none of those that do not.
 */
export function readXporter(value: unknown): RosterRead {
  const read = readAnswers(value)
  if (!read.ok) return read
  const { answers } = read
  if (!LISTS.some((name) => answers.has(name))) return problem('not-an-export')
  const students = answers.list('students')
  const gone = leaversOf(answers, students)
  if (students.length + gone.length === 0) return problem('no-pupils')

  const comms = commsOf(answers)
  const refused: Report = { rejected: [] }
  const gathering = startGathering()
  const raws = rawPupils(answers, comms, refused)
  lendIds(raws)
  for (const raw of raws) gather(gathering, raw)
  const staff = answers
    .list('staff')
    .slice(0, MAX_STAFF)
    .map((record) => readStaff(rawStaff(record, comms), refused))
    .filter((person) => person !== undefined)
  add(gathering, refused.rejected)
  const { pupils, rejected, moreRejected } = gathering
  const isFull = !answers.isDelta && answers.isWhole('students') && students.length > 0
  return {
    ok: true,
    roster: {
      source: 'xporter',
      school: schoolOf(answers),
      isFull,
      pupils,
      rejected,
      moreRejected,
      dropped: droppedOf(answers),
      staff,
      leavers: gone,
      ...(areContactsWhole(answers) ? {} : { areContactsPartial: true as const }),
    },
  }
}

/** Lists by which an answer is known as one about people. */
const LISTS = [
  'students',
  'students_deleted',
  'contacts',
  'studentcontacts',
  'personcomms',
  'group',
  'schoolinfo',
  'staff',
]

const areContactsWhole = (answers: Answers): boolean =>
  !answers.isDelta && ['contacts', 'studentcontacts'].every((name) => answers.isWhole(name))

const hasLeft = (student: XporterRecord): boolean =>
  /^leaver$/i.test(fieldOf(student, 'StudentStatus'))

function rawPupils(answers: Answers, comms: Comms, refused: Report): RawPupil[] {
  const groups = groupsOf(answers)
  const contacts = new Map(answers.list('contacts').map((record) => [idOf(record), record]))
  const ties = Map.groupBy(answers.list('studentcontacts'), (tie) => idOf(tie, 'StudentId'))
  return answers
    .list('students')
    .filter((student) => !hasLeft(student))
    .map((student) => {
      const id = idOf(student)
      const raw = rawStudent(student, comms)
      if (groups) raw.groups = groups.get(id) ?? []
      raw.contacts = (ties.get(id) ?? []).flatMap(
        (tie) => contactOf(tie, contacts, answers, comms, refused) ?? [],
      )
      return raw
    })
}

function contactOf(
  tie: XporterRecord,
  contacts: ReadonlyMap<string, XporterRecord>,
  answers: Answers,
  comms: Comms,
  refused: Report,
): RawContact | undefined {
  const contact = contacts.get(idOf(tie, 'ContactId'))
  if (contact) return rawContact(contact, tie, comms)
  // Among changes the contact whose own record did not change is not there, which is no fault.
  if (!answers.isDelta) {
    const field = 'StudentContacts ContactId'
    refused.rejected.push({ line: tie.line, field, reason: 'unknown-person', subject: 'contact' })
  }
  return undefined
}

/**
 * Teaching groups by pupil; year, registration group and house stand on the pupil. Undefined where the
 * answer does not speak of members, which is not the same as nobody being in a group.
 */
function groupsOf(answers: Answers): Map<string, Cell[]> | undefined {
  if (!answers.has('studentmembers')) return undefined
  const names = new Map<string, string>()
  for (const group of answers.list('group', 'groups')) {
    if (/^(YearGrp|RegGrp|HouseGrp)$/i.test(fieldOf(group, 'Type'))) continue
    names.set(idOf(group), fieldOf(group, 'Name') || fieldOf(group, 'Code'))
  }
  const found = new Map<string, Cell[]>()
  for (const member of answers.list('studentmembers')) {
    const name = cellOf(names.get(idOf(member, 'GroupId')), member.line, 'Group Name')
    if (!name) continue
    const id = idOf(member, 'StudentId')
    const list = found.get(id) ?? []
    found.set(id, list)
    list.push(name)
  }
  return found
}

/** Deleted among changes, or there with the status of a leaver. */
function leaversOf(answers: Answers, students: readonly XporterRecord[]): PupilKey[] {
  const present = new Set(students.filter((each) => !hasLeft(each)).map((each) => idOf(each)))
  const left = students.filter(hasLeft).map((student): PupilKey => {
    const admissionNumber = fieldOf(student, 'AdmissionNo') || null
    return { upn: fieldOf(student, 'UPN') || null, admissionNumber, reference: idOf(student) }
  })
  const known = new Set([...present, ...left.map((key) => key.reference)])
  const deleted = [...new Set(answers.deleted('students'))].filter((id) => !known.has(id))
  return [
    ...left.filter((key) => !present.has(key.reference ?? '')),
    ...deleted.map((reference) => ({ upn: null, admissionNumber: null, reference })),
  ]
}

function schoolOf(answers: Answers): RosterSchool | null {
  const [info] = answers.list('schoolinfo')
  if (!info) return null
  const id = fieldOf(info, 'EstabId')
  const [, laCode = null, establishment = null] = /^(\d{3})(\d{4})$/.exec(id) ?? []
  return {
    laCode,
    establishment,
    name: fieldOf(info, 'Name') || (establishment ? null : id) || null,
  }
}

function droppedOf(answers: Answers): Dropped[] {
  const drops: Drops = new Map()
  const { students, contacts } = USED
  for (const { raw } of answers.list('students')) {
    countDrops(drops, raw, (path) => (students.has(path.toLowerCase()) ? 'used' : 'dropped'))
  }
  for (const { raw } of answers.list('contacts')) {
    const isUsed = (path: string) => (contacts.has(path.toLowerCase()) ? 'used' : 'dropped')
    countDrops(drops, { Contacts: raw }, (path) =>
      path === 'Contacts' ? 'opened' : isUsed(path.slice('Contacts.'.length)),
    )
  }
  return [...drops.values()]
}

/** Fields that are read, or that only name the record. */
const NAMING = 'id xid externalid idaasid displayname lastupdated rowhash'
const USED = {
  students: new Set(
    `${NAMING} upn forename surname legalforename legalsurname middlename gender dateofbirth
    admissionno reggroup reggroupid yeargroup yeargroupid housegroup housegroupid workemail
    studentstatus`.split(/\s+/),
  ),
  contacts: new Set(
    `${NAMING} title forename surname homelanguage homelanguagecode mobilephone homephone
    workphone homeemail workemail`.split(/\s+/),
  ),
}
