import { createHash } from 'node:crypto'
import { MAX_CONDUCT, type Conduct } from '../conduct.ts'
import { type Mark, MAX_MARKS } from '../marks.ts'
import { MAX_ROWS } from '../read/csv.ts'
import type { PupilKey, Rejected, RosterPupil, RosterStaff } from '../roster.ts'
import { linesOf } from './lines.ts'
import {
  conductSchema,
  consentSchema,
  endSchema,
  markSchema,
  openingSchema,
  type PayloadOpening,
  pupilKeySchema,
  pupilSchema,
  type PushedConsent,
  recordsOfKind,
  staffSchema,
} from './payload.ts'
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
  /** Records that are not as agreed. */
  rejected: Rejected[]
  moreRejected: number
  /** Records in it, good and bad. */
  records: number
  /** Of all that it says but the time: the same again has the same. */
  digest: string
}

/** Records of a push at most. What is more is sent as several: a year of registers goes month by month. */
export const MAX_PUSHED: Readonly<Record<PushKind, number>> = {
  roster: MAX_ROWS,
  registers: MAX_MARKS,
  behaviour: MAX_CONDUCT,
  achievements: MAX_CONDUCT,
  detentions: MAX_CONDUCT,
  staff: MAX_ROWS,
  consents: MAX_ROWS,
}
const MAX_REJECTED = 1000

/**
 * Reads an opened push to its end. A record that is not as agreed is rejected alone; a push that is not
 * whole, or not what its request said, is none: throws `Unusable`.
 */
export async function readPush(
  plain: AsyncIterable<Uint8Array>,
  announced: { kind: PushKind; scope: PushScope },
): Promise<Pushed> {
  const lines = linesOf(plain)
  const first = await lines.next()
  const pushed = begun(first.done ? undefined : first.value.text, announced)
  const hash = createHash('sha256').update(JSON.stringify({ ...pushed.opening, takenAt: null }))
  let end: number | undefined
  for await (const line of lines) {
    if (end !== undefined) throw new Unusable('not-a-payload')
    const value = parsed(line.text)
    const last = endSchema.safeParse(value)
    if (last.success) {
      end = last.data.records
      continue
    }
    if (++pushed.records > MAX_PUSHED[announced.kind]) throw new Unusable('too-many-records')
    hash.update(line.text ?? '').update('\n')
    take(pushed, value)
  }
  if (end !== pushed.records) throw new Unusable('wrong-count')
  return { ...pushed, digest: hash.digest('hex') }
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
  return { opening, ...lists, rejected: [], moreRejected: 0, records: 0, digest: '' }
}

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
} as const
type RecordName = keyof typeof schemas

function take(pushed: Pushed, value: unknown): void {
  const [name, record] = named(value)
  const wanted: readonly string[] = recordsOfKind[pushed.opening.kind]
  if (name === undefined || !wanted.includes(name)) return reject(pushed, record, 'Record')
  const read = schemas[name].safeParse(record)
  if (!read.success) {
    const path = read.error.issues[0]?.path ?? []
    return reject(pushed, record, path.map(String).join('.') || 'Record')
  }
  const list: unknown[] = pushed[lists[name]]
  list.push(read.data)
}

const lists = {
  pupil: 'pupils',
  leaver: 'leavers',
  staff: 'staff',
  mark: 'marks',
  conduct: 'conduct',
  consent: 'consents',
} as const satisfies Record<RecordName, keyof Pushed>

function named(value: unknown): [RecordName | undefined, unknown] {
  if (typeof value !== 'object' || value === null) return [undefined, undefined]
  const [entry] = Object.entries(value)
  const isOne = entry !== undefined && Object.hasOwn(schemas, entry[0])
  return [isOne ? (entry[0] as RecordName) : undefined, entry?.[1]]
}

/** With whom it seems to be about, so that a pupil is not taken for a leaver because of a bad value. */
function reject(pushed: Pushed, record: unknown, field: string): void {
  if (pushed.rejected.length === MAX_REJECTED) {
    pushed.moreRejected++
    return
  }
  const about = typeof record === 'object' && record !== null ? record : {}
  const key = pupilKeySchema.safeParse('key' in about ? about.key : undefined)
  const line = 'line' in about && Number.isInteger(about.line) ? Number(about.line) : pushed.records
  pushed.rejected.push({
    line,
    field: field.slice(0, MAX_FIELD),
    reason: 'not-as-agreed',
    subject: 'row',
    ...(key.success && { key: key.data }),
  })
}

const MAX_FIELD = 100
