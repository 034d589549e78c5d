import { isTooMany, problem, tooManyPeople } from '../records/roster.ts'
import type { Dropped, FileProblem, Roster, RosterSchool } from '../records/roster.ts'
import type { Cell, RawContact, RawPupil } from './cell.ts'
import { clean } from './clean.ts'
import { gather, startGathering } from './gather.ts'
import type { Gathering } from './gather.ts'
import type { RosterRead } from './rows-to-roster.ts'
import { CELLS, CONTACT, CONTAINERS, HEADER, PUPIL } from './transfer-elements.ts'
import { readXml } from './xml.ts'

/**
 * The DfE's Common Transfer File and Admissions Transfer File, versions 19 to 25. Only what PRODUCT 4.1
 * lists is read; every other element (care, meals, special needs, addresses) is skipped whole and counted.
 */
export function readTransferFile(text: string): RosterRead {
  const reading = startReading()
  const found = readXml(text, {
    open: (name, line) => open(reading, name, line),
    text: (piece) => {
      if (reading.isWanted && !reading.skipping && reading.text.length < MAX_TEXT)
        reading.text += piece
    },
    close: () => close(reading),
  })
  if (found) return { ok: false, problem: found }
  const { rootName, gathering, dropped, header } = reading
  const source = SOURCES.get(rootName)
  if (!source) return problem('not-a-transfer-file', { detail: shortName(rootName) })
  if (gathering.pupils.length + gathering.rejected.length === 0) return problem('no-pupils')

  if (isTooMany(gathering.weight)) return tooManyPeople()
  const { pupils, rejected, moreRejected } = gathering
  const isFull =
    source === 'ctf' && header.get('Header/DocumentQualifier')?.toLowerCase() === 'full'
  const roster: Roster = {
    source,
    school: schoolOf(header),
    isFull,
    pupils,
    rejected,
    moreRejected,
    dropped: [...dropped.values()],
  }
  return { ok: true, roster }
}

/** Characters of one element that are looked at; a longer value is refused as too long anyway. */
const MAX_TEXT = 1000

/** An admissions file lists who is to come, so nobody who is missing from it has left. */
const SOURCES = new Map<string, 'ctf' | 'atf'>([
  ['CTfile', 'ctf'],
  ['ATfile', 'atf'],
])

/** Roots of files that lost their outer element; read on, to see whether a second root follows. */
const PARTS = new Set(['header', 'atfpupildata', 'ctfpupildata'])

type Reading = {
  rootName: string
  path: string[]
  /** How deep inside an element that is skipped. */
  skipping: number
  isWanted: boolean
  text: string
  line: number
  header: Map<string, string>
  pupil: RawPupil | undefined
  contact: RawContact | undefined
  gathering: Gathering
  dropped: Map<string, Dropped>
}

const startReading = (): Reading => ({
  rootName: '',
  path: [],
  skipping: 0,
  isWanted: false,
  text: '',
  line: 0,
  header: new Map(),
  pupil: undefined,
  contact: undefined,
  gathering: startGathering(),
  dropped: new Map(),
})

function open(reading: Reading, name: string, line: number): FileProblem | undefined {
  if (reading.skipping > 0) return void reading.skipping++
  if (reading.path.length === 0) {
    reading.rootName = name
    const isKnown = SOURCES.has(name) || PARTS.has(name.toLowerCase())
    if (!isKnown) return { reason: 'not-a-transfer-file', line, detail: shortName(name) }
  }
  reading.path.push(name)
  const path = pathOf(reading)
  if (HEADER.has(path) || CELLS.has(path))
    Object.assign(reading, { isWanted: true, text: '', line })
  else if (CONTAINERS.has(path)) begin(reading, path, line)
  else skip(reading, path)
  return undefined
}

const shortName = (name: string): string => name.slice(0, 40)

/** Below the root, with the two names for "all the pupils" made one. */
const pathOf = ({ path }: Reading): string =>
  path
    .slice(1)
    .join('/')
    .replace(/^[AC]TFpupilData(?=\/|$)/, 'pupilData')

function begin(reading: Reading, path: string, line: number): void {
  if (path === PUPIL) reading.pupil = { line, cells: {}, emails: [], phones: [], contacts: [] }
  if (path === CONTACT) {
    reading.contact = { line, field: 'Contacts/Contact', cells: {}, emails: [], phones: [] }
  }
}

/** Element names come from the file, so how many are listed by name is limited. */
const MAX_DROPPED_NAMES = 200

function skip(reading: Reading, path: string): void {
  reading.path.pop()
  reading.skipping = 1
  if (!path.startsWith(`${PUPIL}/`)) return
  const name = belowPupil(path)
  const isListed = reading.dropped.has(name) || reading.dropped.size < MAX_DROPPED_NAMES
  const column = isListed ? name : 'other elements'
  const dropped: Dropped = reading.dropped.get(column) ?? { column, count: 0, why: 'not-needed' }
  dropped.count++
  reading.dropped.set(column, dropped)
}

const belowPupil = (path: string): string => path.slice(PUPIL.length + 1)

function close(reading: Reading): void {
  if (reading.skipping > 0) return void reading.skipping--
  const path = pathOf(reading)
  reading.path.pop()
  if (reading.isWanted) {
    keep(reading, path, clean(reading.text))
    reading.isWanted = false
  } else if (path === CONTACT && reading.contact) {
    reading.pupil?.contacts.push(reading.contact)
    reading.contact = undefined
  } else if (path === PUPIL && reading.pupil) {
    if (!isTooMany(reading.gathering.weight)) gather(reading.gathering, reading.pupil)
    reading.pupil = undefined
  }
}

/** The first of two equal elements counts; phones and e-mails may be several. */
function keep(reading: Reading, path: string, text: string): void {
  if (text === '') return
  if (HEADER.has(path)) return void reading.header.set(path, text)
  const cell: Cell = { line: reading.line, field: belowPupil(path), text }
  const filing = CELLS.get(path)
  const person = filing?.of === 'contact' ? reading.contact : reading.pupil
  if (!filing || !person) return
  if (filing.field === 'email') person.emails.push(cell)
  else if (filing.field === 'phone') person.phones.push(cell)
  else (person.cells as Partial<Record<string, Cell>>)[filing.field] ??= cell
}

/**
 * Whose file this is: the school it is sent to; or, where a system wrote XXX for a destination it does not
 * know, the school that made it.
 */
function schoolOf(header: Map<string, string>): RosterSchool | null {
  const side = /^\d{3}$/.test(header.get('Header/DestSchool/LEA') ?? '') ? 'Dest' : 'Source'
  const laCode = header.get(`Header/${side}School/LEA`) ?? null
  const establishment = header.get(`Header/${side}School/Estab`) ?? null
  const name = header.get(`Header/${side}School/SchoolName`) ?? null
  return laCode || establishment || name ? { laCode, establishment, name } : null
}
