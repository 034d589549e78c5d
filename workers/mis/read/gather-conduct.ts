import type { Conduct, ConductKind, ConductReason, Conducts } from '../records/conduct.ts'
import type { PupilKey } from '../records/roster.ts'
import { nameProblem } from './cell.ts'
import { shortened } from './clean.ts'
import { readDay } from './gather-marks.ts'
import { MAX_REJECTED } from './gather.ts'

/** Cleaned text, empty where there is none. */
export type RawConduct = {
  line: number
  reference: string
  pupil: PupilKey
  kind: string
  date: string
  type: string
  points: string
  description: string
}

/** Longer than anybody reads of one incident; the rest is cut off. */
export const MAX_DESCRIPTION_CHARACTERS = 2_000

export const startConduct = (): Conducts => ({ conduct: [], rejected: [], moreRejected: 0 })

/** Takes one incident, or says why not. */
export function gatherConduct(gathering: Conducts, raw: RawConduct): void {
  const read = readOne(raw)
  if ('reason' in read) refuseConduct(gathering, raw.line, read.field, read.reason, read.shown)
  else gathering.conduct.push(read)
}

export function refuseConduct(
  gathering: Conducts,
  line: number,
  field: string,
  reason: ConductReason,
  shown = '',
): void {
  if (gathering.rejected.length >= MAX_REJECTED) return void gathering.moreRejected++
  const what = shown === '' ? {} : { shown: shortened(shown) }
  gathering.rejected.push({ line, field, reason, ...what })
}

type Refused = { field: string; reason: ConductReason; shown?: string }

function readOne({ line, pupil, ...raw }: RawConduct): Conduct | Refused {
  if (!pupil.upn && !pupil.admissionNumber && !pupil.reference) {
    return { field: 'Pupil', reason: 'cannot-be-identified' }
  }
  const kind = KINDS[raw.kind.toLowerCase()]
  if (!kind) return { field: 'Kind', reason: 'not-a-kind', shown: raw.kind }
  const date = readDay(raw.date)
  if (date === undefined) return { field: 'Date', reason: 'not-a-date', shown: raw.date }
  if (raw.type === '') return { field: 'Type', reason: 'no-type' }
  const wrong = nameProblem(raw.type)
  if (wrong) return { field: 'Type', reason: wrong, shown: raw.type }
  const isNumber = /^-?\d{1,4}(\.0+)?$/.test(raw.points)
  if (raw.points !== '' && !isNumber) {
    return { field: 'Points', reason: 'not-points', shown: raw.points }
  }
  const description = raw.description.slice(0, MAX_DESCRIPTION_CHARACTERS)
  return {
    line,
    reference: raw.reference || null,
    pupil,
    kind,
    date,
    type: raw.type,
    points: raw.points === '' ? null : Number(raw.points),
    description: description || null,
  }
}

/** A map without a prototype: the words come from files. */
const KINDS: Readonly<Record<string, ConductKind>> = Object.assign(Object.create(null), {
  behaviour: 'behaviour',
  behavior: 'behaviour',
  beh: 'behaviour',
  negative: 'behaviour',
  achievement: 'achievement',
  ach: 'achievement',
  reward: 'achievement',
  merit: 'achievement',
  positive: 'achievement',
  detention: 'detention',
})
