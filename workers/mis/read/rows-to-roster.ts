import { isTooMany, problem, tooManyPeople } from '../records/roster.ts'
import type { Dropped, FileProblem, Roster } from '../records/roster.ts'
import type { Cell, RawContact, RawPupil } from './cell.ts'
import { readCsv } from './csv.ts'
import type { CsvRow } from './csv.ts'
import { fieldParts } from './field.ts'
import type { ContactField, FieldParts } from './field.ts'
import { gather, startGathering } from './gather.ts'
import type { Gathering } from './gather.ts'
import { headingWords } from './heading.ts'
import { checkMapping, fitMapping } from './mapping.ts'
import type { Mapping } from './mapping.ts'
import { NOT_NEEDED } from './synonyms.ts'

export type RosterRead = { ok: true; roster: Roster } | { ok: false; problem: FileProblem }

/**
 * A CSV file under a mapping, as people. The columns may have moved since the mapping was saved. A column
 * that is not mapped is counted and forgotten here: its values reach nothing that could store them.
 */
export function rowsToRoster(text: string, mapping: Mapping): RosterRead {
  let rows: Rows | undefined
  const read = readCsv(text, (row, headers) => {
    rows ??= startRows(mapping, headers)
    rows.take(row)
  })
  if (!read.ok) return read
  return rows?.roster('csv') ?? problem('mapping-does-not-fit')
}

export type Rows = { take: (row: CsvRow) => void; roster: (source: Roster['source']) => RosterRead }

/** The same for rows that come from elsewhere than a CSV file. */
export function startRows(mapping: Mapping, headers: string[]): Rows {
  const gathering = startGathering()
  const plan = planFor(mapping, headers)
  return {
    take: (row) => {
      // Beyond it nothing is kept: the whole is refused at the end.
      if (plan.isUsable && !isTooMany(gathering.weight)) gather(gathering, rawPupil(plan, row))
    },
    roster: (source) =>
      plan.isUsable ? finished(plan, gathering, source) : problem('mapping-does-not-fit'),
  }
}

function finished(plan: Plan, gathering: Gathering, source: Roster['source']): RosterRead {
  if (isTooMany(gathering.weight)) return tooManyPeople()
  const { pupils, rejected, moreRejected } = gathering
  const hasOneContactEach = pupils.every((pupil) => pupil.contacts.length <= 1)
  if (hasOneContactEach && !plan.saysOrder) {
    for (const contact of pupils.flatMap((pupil) => pupil.contacts)) contact.priority = 1
  }
  const dropped = plan.columns.flatMap((column) => column.dropped ?? [])
  return {
    ok: true,
    roster: { source, school: null, isFull: true, pupils, rejected, moreRejected, dropped },
  }
}

type Column = { header: string; to: FieldParts | undefined; dropped: Dropped | undefined }

type Plan = {
  isUsable: boolean
  columns: Column[]
  /** Whether the file says in any way whom to call first. */
  saysOrder: boolean
  /** Contacts side by side stand in the order the school calls them, unless a column says otherwise. */
  ordered: number[]
}

function planFor(mapping: Mapping, headers: string[]): Plan {
  const fitted = fitMapping(mapping, headers)
  const columns = fitted.columns.map(({ header, field }): Column => {
    const to = fieldParts(field)
    const why = NOT_NEEDED.test(headingWords(header)) ? 'not-needed' : 'not-mapped'
    return { header, to, dropped: to ? undefined : { column: header, count: 0, why } }
  })
  const contacts = columns.flatMap(({ to }) => (to?.of === 'contact' ? [to] : []))
  const groups = [...new Set(contacts.map(({ group }) => group))]
  const told = new Set(
    contacts.filter(({ field }) => field === 'priority').map(({ group }) => group),
  )
  return {
    isUsable: checkMapping(fitted, headers).length === 0,
    columns,
    saysOrder: told.size > 0 || groups.length > 1,
    ordered: groups.length > 1 ? groups.filter((group) => !told.has(group)) : [],
  }
}

function rawPupil(plan: Plan, { line, cells }: CsvRow): RawPupil {
  const raw: RawPupil = { line, cells: {}, emails: [], phones: [], contacts: [] }
  const contacts = new Map<number, RawContact>()
  plan.columns.forEach(({ header, to, dropped }, index) => {
    const text = cells[index] ?? ''
    if (text === '') return
    const cell = { line, field: header, text }
    if (dropped) dropped.count++
    else if (to?.of === 'pupil') pupilCell(raw, to.field, cell)
    else if (to) contactCell(contactOf(contacts, to.group, line), to.field, cell)
  })
  raw.contacts = [...contacts]
    .filter(([, contact]) => isSomebody(contact))
    .map(([group, contact]) => {
      if (plan.ordered.includes(group)) {
        contact.cells.priority = { line, field: contact.field, text: String(group) }
      }
      return contact
    })
  return raw
}

function pupilCell(
  raw: RawPupil,
  field: (FieldParts & { of: 'pupil' })['field'],
  cell: Cell,
): void {
  if (field === 'email') raw.emails.push(cell)
  else if (field === 'phone') raw.phones.push(cell)
  else raw.cells[field] = cell
}

function contactOf(contacts: Map<number, RawContact>, group: number, line: number): RawContact {
  const known = contacts.get(group)
  if (known) return known
  const made = { line, field: `Contact ${group}`, cells: {}, emails: [], phones: [] }
  contacts.set(group, made)
  return made
}

const PHONE_FIELDS: readonly ContactField[] = ['mobile', 'home-phone', 'work-phone', 'phone']

function contactCell(contact: RawContact, field: ContactField, cell: Cell): void {
  if (field === 'email') contact.emails.push(cell)
  else if (PHONE_FIELDS.includes(field)) contact.phones.push(cell)
  else contact.cells[field] = cell
}

/** Exports fill "priority 2" or "PR no" beside an empty contact: that is nobody, and no fault. */
const isSomebody = ({ cells, emails, phones }: RawContact): boolean =>
  cells.surname !== undefined ||
  cells.forename !== undefined ||
  cells['full-name'] !== undefined ||
  emails.length + phones.length > 0
