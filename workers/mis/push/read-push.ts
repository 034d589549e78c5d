import { createHash } from 'node:crypto'
import type { Conduct } from '../records/conduct.ts'
import { type Mark, MAX_MARKS } from '../records/marks.ts'
import { MAX_ROWS } from '../read/csv.ts'
import {
  isTooMany,
  type PupilKey,
  type Rejected,
  type RosterPupil,
  type RosterStaff,
  together,
  type Weight,
  weighed,
} from '../records/roster.ts'
import {
  type AllowedFields,
  type Cutting,
  cutRecord,
  droppedBy,
  spokenOf,
  startCutting,
} from './keep.ts'
import { linesOf } from './lines.ts'
import {
  conductSchema,
  consentSchema,
  endSchema,
  markSchema,
  MAX_FIELD_CHARACTERS,
  MAX_REJECTED_SENT,
  openingSchema,
  type PayloadOpening,
  type PayloadRecord,
  pupilKeySchema,
  pupilSchema,
  type PushedConsent,
  recordsOfKind,
  rejectedSchema,
  staffSchema,
} from './payload.ts'
import { checkPoints } from './points.ts'
import { Unusable } from './problem.ts'
import type { PushKind, PushScope } from './wire.ts'

/** All that a push says, each record checked. */
export type Pushed = {
  opening: PayloadOpening
  pupils: RosterPupil[]
  leavers: PupilKey[]
  staff: RosterStaff[]
  marks: Mark[]
  conduct: Conduct[]
  consents: PushedConsent[]
  /** What the agent could not use, and records that are not as agreed. `moreRejected` counts the rest. */
  rejected: Rejected[]
  moreRejected: number
  /** Records of the school's data in it, good and bad: what the agent could not use is not among them. */
  records: number
  /** Of all that it says but the time: the same again has the same. */
  digest: string
}

/** Whether to contact somebody at all, by text, by e-mail, for marketing. */
const MAX_SAID_OF_ONE = 4
/** Above it a Worker's memory is in danger, so a term comes in parts (`npm run bench -- memory`). */
const MAX_CONDUCT_PUSHED = 25_000

/** Records of a push at most. What is more is sent as several: a year of registers goes month by month. */
export const MAX_PUSHED: Readonly<Record<PushKind, number>> = {
  roster: MAX_ROWS,
  registers: MAX_MARKS,
  behaviour: MAX_CONDUCT_PUSHED,
  achievements: MAX_CONDUCT_PUSHED,
  detentions: MAX_CONDUCT_PUSHED,
  staff: MAX_ROWS,
  consents: MAX_ROWS * MAX_SAID_OF_ONE,
}

/**
 * Reads an opened push to its end, and keeps of it the fields that the school's products need. A record that is
 * not as agreed is rejected alone; a push that is not whole, or not what its request said, is none: throws
 * `Unusable`.
 */
export async function readPush(
  plain: AsyncIterable<Uint8Array>,
  announced: { kind: PushKind; scope: PushScope },
  fields: AllowedFields,
): Promise<Pushed> {
  const lines = linesOf(plain)
  const first = await lines.next()
  const pushed = begun(first.done ? undefined : first.value.text, announced)
  const hash = createHash('sha256').update(JSON.stringify({ ...pushed.opening, takenAt: null }))
  const cutting = startCutting(fields)
  let count = 0
  let weight: Weight = { people: 0, points: 0 }
  let end: number | undefined
  for await (const line of lines) {
    if (end !== undefined) throw new Unusable('not-a-payload')
    const value = parsed(line.text)
    const last = endSchema.safeParse(value)
    if (last.success) {
      end = last.data.records
      continue
    }
    count++
    hash.update(line.text ?? '').update('\n')
    const before = pushed.pupils.length
    take(pushed, cutting, value)
    weight = together(weight, weighed(pushed.pupils.slice(before)))
    const isTooMuch = pushed.records > MAX_PUSHED[announced.kind] || isTooMany(weight)
    if (isTooMuch) throw new Unusable('too-many-records')
  }
  if (end !== count) throw new Unusable('wrong-count')
  return { ...pushed, opening: cutOpening(pushed, cutting), digest: hash.digest('hex') }
}

function begun(
  line: string | undefined,
  { kind, scope }: { kind: PushKind; scope: PushScope },
): Pushed {
  const read = openingSchema.safeParse(parsed(line))
  if (!read.success) throw new Unusable('not-a-payload')
  const opening = read.data
  if (opening.kind !== kind || opening.scope !== scope) throw new Unusable('not-as-announced')
  const lists = { pupils: [], leavers: [], staff: [], marks: [], conduct: [], consents: [] }
  const { moreRejected = 0 } = opening
  return { opening, ...lists, rejected: [], moreRejected, records: 0, digest: '' }
}

/** With what was left out here besides what the agent left out. */
const cutOpening = ({ opening }: Pushed, cutting: Cutting): PayloadOpening => ({
  ...spokenOf(cutting, opening),
  dropped: [...opening.dropped, ...droppedBy(cutting)],
})

/** Undefined where it is no JSON, too long, or no text: rejected alone, as is a record with a fault. */
function parsed(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : (JSON.parse(line) as unknown)
  } catch {
    return undefined
  }
}

const schemas = {
  pupil: pupilSchema,
  leaver: pupilKeySchema,
  staff: staffSchema,
  mark: markSchema,
  conduct: conductSchema,
  consent: consentSchema,
  rejected: rejectedSchema,
} as const
type RecordName = keyof typeof schemas

function take(pushed: Pushed, cutting: Cutting, value: unknown): void {
  const [name, record] = named(value)
  if (name !== 'rejected') pushed.records++
  const wanted: readonly string[] = ['rejected', ...recordsOfKind[pushed.opening.kind]]
  if (name === undefined || !wanted.includes(name)) return reject(pushed, name, record, 'Record')
  const read = schemas[name].safeParse(record)
  if (!read.success) {
    const path = read.error.issues[0]?.path ?? []
    return reject(pushed, name, record, path.map(String).join('.') || 'Record')
  }
  const kept = cutRecord(cutting, { [name]: read.data } as PayloadRecord)
  if (!kept) return
  const checked = checkPoints(kept)
  for (const each of checked.rejected) addRejected(pushed, each)
  if ('rejected' in checked.record) return addRejected(pushed, checked.record.rejected)
  const list: unknown[] = pushed[lists[name]]
  list.push(...Object.values(checked.record))
}

function addRejected(pushed: Pushed, rejected: Rejected): void {
  if (pushed.rejected.length < MAX_REJECTED_SENT) pushed.rejected.push(rejected)
  else pushed.moreRejected++
}

const lists = {
  pupil: 'pupils',
  leaver: 'leavers',
  staff: 'staff',
  mark: 'marks',
  conduct: 'conduct',
  consent: 'consents',
  rejected: 'rejected',
} as const satisfies Record<RecordName, keyof Pushed>

function named(value: unknown): [RecordName | undefined, unknown] {
  if (typeof value !== 'object' || value === null) return [undefined, undefined]
  const [entry] = Object.entries(value)
  const isOne = entry !== undefined && Object.hasOwn(schemas, entry[0])
  return [isOne ? (entry[0] as RecordName) : undefined, entry?.[1]]
}

/** With whom it seems to be about, so that nobody is taken for a leaver because of a bad value. */
function reject(
  pushed: Pushed,
  name: RecordName | undefined,
  record: unknown,
  field: string,
): void {
  const about = typeof record === 'object' && record !== null ? record : {}
  const key = pupilKeySchema.safeParse(keyIn(about, name))
  addRejected(pushed, {
    line: lineIn(about) ?? pushed.records,
    field: field.slice(0, MAX_FIELD_CHARACTERS),
    reason: 'not-as-agreed',
    subject: 'row',
    ...(name === 'staff' && { of: name }),
    ...(key.success && { key: key.data }),
  })
}

function keyIn(about: object, name: RecordName | undefined): unknown {
  if (name !== 'staff') return 'key' in about ? about.key : undefined
  const reference = 'reference' in about ? about.reference : undefined
  return { upn: null, admissionNumber: null, reference }
}

function lineIn(about: object): number | undefined {
  const line = 'line' in about ? about.line : undefined
  return typeof line === 'number' && Number.isSafeInteger(line) && line >= 0 ? line : undefined
}
