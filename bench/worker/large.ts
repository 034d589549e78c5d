import { type ImportId, invariant } from '#kernel'
import * as mis from '#mis'
import type { Env } from '#workers/env.ts'
import type { PayloadRecord } from '#workers/mis/push/payload.ts'
import { MAX_PUSHED } from '#workers/mis/push/read-push.ts'
import { MAX_PLAIN_BYTES } from '#workers/mis/push/wire.ts'
import type { Conduct } from '#workers/mis/records/conduct.ts'
import type { Mark } from '#workers/mis/records/marks.ts'
import { MAX_PEOPLE, type Rejected, type RosterPupil } from '#workers/mis/records/roster.ts'
import { admissionOf, agentAt, pupilAt, schoolAt } from './import.ts'
import { numbers } from './numbers.ts'

type Place = Parameters<typeof agentAt>[1]
/** `again`: what the same push says a day later, each record of it another thing. */
type LargeAsked = Place & { pupils: number; again?: boolean }

/** As many pupils with two contacts each as one push takes, and of each as much as it then may say. */
export const postLargestRoster = async (env: Env, asked: Place & { again?: boolean }) =>
  (await agentAt(env, asked)).post({
    kind: 'roster',
    scope: 'full',
    records: upTo(MAX_PEOPLE / 3, (at) => ({ pupil: fullPupilAt(at, asked.again ?? false) })),
  })

/** A roster of which as many rows as are told one by one could not be used. */
export async function postRejected(env: Env, asked: LargeAsked & { rejected: number }) {
  const records = function* (): Generator<PayloadRecord> {
    for (let at = 0; at < asked.pupils; at++) yield { pupil: pupilAt(at, false) }
    for (let at = 0; at < asked.rejected; at++) yield { rejected: rejectedAt(at) }
  }
  return (await agentAt(env, asked)).post({ kind: 'roster', scope: 'partial', records: records() })
}

/** The marks of a month, two sessions and two lessons a day, as many as one push takes. */
export const postLargestMarks = async (env: Env, asked: LargeAsked): Promise<ImportId> =>
  (await agentAt(env, asked)).post({
    kind: 'registers',
    records: upTo(MAX_PUSHED.registers, (at) => ({ mark: markAt(at, asked, ONE_MONTH) })),
  })

/** The same number over a year: ten times as many pages, which hold the marks of before too. */
export const postMarksOfAYear = async (env: Env, asked: LargeAsked): Promise<ImportId> =>
  (await agentAt(env, asked)).post({
    kind: 'registers',
    records: upTo(MAX_PUSHED.registers, (at) => ({ mark: markAt(at, asked, TEN_MONTHS) })),
  })

/** Incidents with what the school wrote about each, as many as one push takes. */
export const postLargestConduct = async (env: Env, asked: LargeAsked): Promise<ImportId> =>
  (await agentAt(env, asked)).post({
    kind: 'behaviour',
    scope: 'full',
    records: upTo(MAX_PUSHED.behaviour, (at) => ({ conduct: conductAt(at, asked) })),
  })

/** Takes in one row of a file whose columns somebody says, so that the next such file is compared at once. */
export async function knowColumns(env: Env, { csv, ...place }: Place & { csv: string }) {
  const { school } = await schoolAt(env, place)
  const uploaded = await mis.upload(school, env.FILES, {
    bytes: new TextEncoder().encode(csv),
    fileName: 'pupils.csv',
    isPartial: true,
    dfeNumber: null,
    ourName: 'Large',
  })
  invariant(uploaded.ok, 'a small file is taken in')
  const imported = await mis.find(school, uploaded.id)
  const columns = imported && (await mis.columnsOf(school, env.FILES, imported))
  invariant(columns, 'a file that was taken in has columns')
  const { mapping } = columns
  const refused = await mis.chooseMapping(school, env.FILES, imported, { name: 'All', mapping })
  invariant(!refused, 'the columns of the bench fit')
  return mis.discard(school, env.FILES, imported)
}

/** Records up to so many, and to as many bytes as are opened; room is left for the opening and the end. */
function* upTo(most: number, recordAt: (at: number) => PayloadRecord): Generator<PayloadRecord> {
  let bytes = ROOM_BYTES
  for (let at = 0; at < most; at++) {
    const record = recordAt(at)
    // The records of a bench are of plain letters: a character is a byte.
    bytes += JSON.stringify(record).length + 1
    if (bytes > MAX_PLAIN_BYTES) return
    yield record
  }
}

const ROOM_BYTES = 2_000

/** Two numbers and an address of each contact are as many as are taken. */
const PHONES = 2
const CLASSES = 12

function fullPupilAt(at: number, hasMoved: boolean): RosterPupil {
  const pupil = pupilAt(at, hasMoved)
  return {
    ...pupil,
    curriculumGroups: Array.from({ length: CLASSES }, (_, place) => `Class ${(at + place) % 200}`),
    contacts: pupil.contacts.map((contact, which) => ({
      ...contact,
      phones: Array.from({ length: PHONES }, (_, place) => ({
        e164: numbers[(at * 2 + which + place * 500) % numbers.length] ?? '',
        kind: 'mobile' as const,
      })),
      emails: [`parent.${which}.of.pupil.${at}@school.example.org`],
    })),
  }
}

const ONE_MONTH = { months: 1, aDay: 4 }
const TEN_MONTHS = { months: 10, aDay: 1 }
const SLOTS: readonly Mark['at'][] = [
  { kind: 'session', session: 'AM' },
  { kind: 'session', session: 'PM' },
  { kind: 'lesson', period: 'Mon:Period 1' },
  { kind: 'lesson', period: 'Mon:Period 2' },
]

/** Pupil after pupil on each day, so that no two are of one slot. */
function markAt(
  at: number,
  { pupils, again = false }: LargeAsked,
  { months, aDay }: { months: number; aDay: number },
): Mark {
  const pupil = at % pupils
  const round = Math.floor(at / pupils)
  const day = 1 + Math.floor(round / (aDay * months))
  const month = Math.floor(round / aDay) % months
  return {
    line: at + 2,
    pupil: keyOf(pupil),
    date: `${MONTHS[month]}-${String(day).padStart(2, '0')}`,
    at: SLOTS[round % aDay] ?? { kind: 'session', session: 'AM' },
    code: again ? 'L' : '/',
    minutesLate: again ? 12 : null,
  }
}

const MONTHS = [
  ...['2024-09', '2024-10', '2024-11', '2024-12', '2025-01'],
  ...['2025-02', '2025-03', '2025-04', '2025-05', '2025-06'],
]

const WORDS =
  'Left the playground without leave at the second bell, came back when spoken to, and helped to put things right. '

const conductAt = (at: number, { pupils }: LargeAsked): Conduct => ({
  line: at + 2,
  reference: `incident-${at}`,
  pupil: keyOf(at % pupils),
  kind: 'behaviour',
  date: `2025-0${1 + (at % 3)}-${String(1 + (at % 28)).padStart(2, '0')}`,
  type: 'Lunchtime incident',
  points: -1,
  description: WORDS,
})

const rejectedAt = (at: number): Rejected => ({
  line: 5_000 + at,
  field: 'contact 1 phone 1',
  reason: 'phone-too-short',
  subject: 'field',
  key: keyOf(at),
})

const keyOf = (at: number) => ({
  upn: null,
  admissionNumber: admissionOf(at),
  reference: `p-${at}`,
})
