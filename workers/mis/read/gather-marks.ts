import { parseIsoDate, parseUkDate } from '#kernel'
import {
  isUnmarked,
  type Mark,
  type MarkAt,
  type MarkReason,
  type Marks,
  type RejectedMark,
  readMarkCode,
} from '../records/marks.ts'
import type { PupilKey } from '../records/roster.ts'
import { shortened } from './clean.ts'
import { MAX_REJECTED } from './gather.ts'

/** What every source comes to before its values are understood: cleaned text, empty where there is none. */
export type RawMark = {
  line: number
  pupil: PupilKey
  date: string
  session: string
  /** A lesson's period; empty for a session. */
  period: string
  code: string
  minutesLate: string
}

export type MarksGathering = Marks & { known: Map<string, Mark> }

export const startMarks = (): MarksGathering => ({
  marks: [],
  rejected: [],
  moreRejected: 0,
  unmarked: 0,
  known: new Map(),
})

export const finishedMarks = ({ known: _known, ...marks }: MarksGathering): Marks => marks

/**
 * Takes one mark, or says why not. Two different marks of one pupil for one session leave neither believed
 * more than the other: the first stays, and the second is reported for somebody to look at.
 */
export function gatherMark(gathering: MarksGathering, raw: RawMark): void {
  if (isUnmarked(raw.code)) return void gathering.unmarked++
  const read = readMark(raw)
  if (!read.ok) return reject(gathering, read.rejected)
  const { mark } = read
  const place = placeOf(mark)
  const before = gathering.known.get(place)
  if (!before) {
    gathering.known.set(place, mark)
    gathering.marks.push(mark)
    return
  }
  const isSame = before.code === mark.code && before.minutesLate === mark.minutesLate
  const reason = isSame ? 'duplicate' : 'conflicts-with-earlier-row'
  reject(gathering, { line: raw.line, field: 'Row', reason, shown: `line ${before.line}` })
}

function reject(gathering: MarksGathering, rejected: RejectedMark): void {
  if (gathering.rejected.length < MAX_REJECTED) gathering.rejected.push(rejected)
  else gathering.moreRejected++
}

const placeOf = ({ pupil, date, at }: Mark): string =>
  JSON.stringify([
    pupil.upn ?? pupil.admissionNumber ?? pupil.reference,
    date,
    at.kind === 'session' ? at.session : `lesson ${at.period}`,
  ])

type MarkRead = { ok: true; mark: Mark } | { ok: false; rejected: RejectedMark }

function readMark({ line, pupil, ...raw }: RawMark): MarkRead {
  const refuse = (field: string, reason: MarkReason, shown = ''): MarkRead => ({
    ok: false,
    rejected: { line, field, reason, ...(shown === '' ? {} : { shown: shortened(shown) }) },
  })
  if (!pupil.upn && !pupil.admissionNumber && !pupil.reference) {
    return refuse('Pupil', 'cannot-be-identified')
  }
  const date = readDay(raw.date)
  if (date === undefined) return refuse('Date', 'not-a-date', raw.date)
  const at = readAt(raw.session, raw.period)
  if (at === 'too-long') return refuse('Period', 'too-long', raw.period)
  if (at === undefined) return refuse('Session', 'not-a-session', raw.session)
  const code = readMarkCode(raw.code, date)
  if (!code.ok) return refuse('Mark', code.reason, raw.code)
  const minutesLate = readMinutes(raw.minutesLate)
  if (minutesLate === undefined) return refuse('Minutes late', 'not-minutes', raw.minutesLate)
  return { ok: true, mark: { line, pupil, date, at, code: code.code, minutesLate } }
}

/** 2026-11-23 or 23/11/2026, with or without a time. */
export function readDay(raw: string): string | undefined {
  const text = raw.replace(/[T ]\d{1,2}:\d{2}.*$/, '')
  return [parseIsoDate(text), parseUkDate(text)].flatMap((each) => (each.ok ? [each.date] : []))[0]
}

const MAX_PERIOD_CHARACTERS = 40

function readAt(session: string, period: string): MarkAt | 'too-long' | undefined {
  if (period !== '') {
    return period.length > MAX_PERIOD_CHARACTERS ? 'too-long' : { kind: 'lesson', period }
  }
  const word = session.toUpperCase()
  if (/^(AM|MORNING|A\.M\.)$/.test(word)) return { kind: 'session', session: 'AM' }
  if (/^(PM|AFTERNOON|P\.M\.)$/.test(word)) return { kind: 'session', session: 'PM' }
  return undefined
}

/** A lesson is shorter than this, and so is a morning. */
const MAX_MINUTES_LATE = 600

function readMinutes(raw: string): number | null | undefined {
  if (raw === '') return null
  const minutes = Number(raw)
  const isRight = /^\d{1,3}(\.0+)?$/.test(raw) && minutes <= MAX_MINUTES_LATE
  return isRight ? minutes : undefined
}
