import { z } from 'zod'
import { type AttendanceCode, CODES_2024 } from '../records/codes-2024.ts'
import type { Conduct } from '../records/conduct.ts'
import type { Mark } from '../records/marks.ts'
import { rejectedReasons } from '../records/reasons.ts'
import type {
  PupilKey,
  Rejected,
  RosterContact,
  RosterPupil,
  RosterStaff,
} from '../records/roster.ts'
import { PUSH_KINDS, PUSH_SCOPES } from './wire.ts'

/**
 * What is inside a push once it is open: one JSON object a line. The opening first, then a record a line, then
 * the end, which counts them. Whatever a record holds beyond these fields is discarded as it is read.
 */
export const PAYLOAD_FORMAT = 'schoolgate-import'
export const PAYLOAD_VERSION = 1
/** Bytes of one line: a pupil with twenty contacts and everything they may have is below it. */
export const MAX_LINE_BYTES = 128 * 1024

const MAX_TEXT = 200
const MAX_FEED_NAME = 60
const text = z.string().min(1).max(MAX_TEXT)
const maybe = text.nullable()
const line = z.int().min(0)
const date = z.iso.date()
/** What each says is looked at one by one (`checkPoints`), so that a bad one takes nobody with it. */
const phones = z
  .array(z.object({ e164: z.string(), kind: z.enum(['mobile', 'landline', 'other']) }))
  .max(20)
const emails = z.array(z.string()).max(20)

/** At least one part of a key says who it is, or the names do. */
export const pupilKeySchema = z.object({
  upn: maybe,
  admissionNumber: maybe,
  reference: maybe,
}) satisfies z.ZodType<PupilKey>

const contact = z.object({
  line,
  title: maybe,
  forename: maybe,
  surname: text,
  relationship: maybe,
  priority: z.int().min(0).max(1000).nullable(),
  hasParentalResponsibility: z.boolean().nullable(),
  language: maybe,
  phones,
  emails,
  mayNotBeContacted: z.boolean(),
  wishes: z.exactOptional(
    z.object({
      sms: z.exactOptional(z.boolean()),
      email: z.exactOptional(z.boolean()),
      marketing: z.exactOptional(z.boolean()),
    }),
  ),
}) satisfies z.ZodType<RosterContact>

export const pupilSchema = z.object({
  line,
  key: pupilKeySchema,
  surname: text,
  forename: text,
  preferredForename: maybe,
  middleNames: maybe,
  gender: maybe,
  dateOfBirth: date.nullable(),
  yearGroup: maybe,
  registrationGroup: maybe,
  house: maybe,
  curriculumGroups: z.exactOptional(z.array(text).max(100)),
  phones,
  emails,
  contacts: z.array(contact).max(50),
}) satisfies z.ZodType<RosterPupil>

export const staffSchema = z.object({
  line,
  reference: text,
  title: maybe,
  forename: text,
  surname: text,
  phones,
  emails,
  isCurrent: z.boolean(),
}) satisfies z.ZodType<RosterStaff>

const attendanceCode = z.enum(Object.keys(CODES_2024) as [AttendanceCode, ...AttendanceCode[]])

export const markSchema = z.object({
  line,
  pupil: pupilKeySchema,
  date,
  at: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('session'), session: z.enum(['AM', 'PM']) }),
    z.object({ kind: z.literal('lesson'), period: z.string().min(1).max(40) }),
  ]),
  code: attendanceCode,
  minutesLate: z.int().min(0).max(1440).nullable(),
}) satisfies z.ZodType<Mark>

export const conductSchema = z.object({
  line,
  reference: maybe,
  pupil: pupilKeySchema,
  kind: z.enum(['behaviour', 'achievement', 'detention']),
  date,
  type: text,
  points: z.number().min(-10_000).max(10_000).nullable(),
  description: z.string().max(2000).nullable(),
}) satisfies z.ZodType<Conduct>

/**
 * What the school's system says about writing to somebody. `no-contact` is a court order or the like (a
 * restriction); `non-essential` and `marketing` are wishes (PRODUCT 6.4). Without a contact it is the pupil's own.
 */
export const consentSchema = z.object({
  line,
  pupil: pupilKeySchema,
  contact: z.object({ title: maybe, forename: maybe, surname: text }).nullable(),
  about: z.enum(['no-contact', 'non-essential', 'marketing']),
  /** Null for every channel. */
  channel: z.enum(['sms', 'email', 'voice']).nullable(),
  isAllowed: z.boolean(),
})
export type PushedConsent = z.infer<typeof consentSchema>

/** Rows that are told of one by one; what is more is counted in the opening, and then nobody is missing. */
export const MAX_REJECTED_SENT = 1000
export const MAX_FIELD_CHARACTERS = 100

/**
 * Something that the agent could not use: where it stands and why, never what it says. `key` says whom a
 * whole row is about (of staff their reference), so that they are not taken for leavers.
 */
export const rejectedSchema = z.object({
  line,
  field: z.string().min(1).max(MAX_FIELD_CHARACTERS),
  reason: z.enum(rejectedReasons),
  subject: z.enum(['row', 'contact', 'field']),
  of: z.exactOptional(z.literal('staff')),
  key: z.exactOptional(pupilKeySchema),
}) satisfies z.ZodType<Rejected>

/** From the one day to the other, both included. */
const daysSchema = z.object({ from: date, to: date }).refine(({ from, to }) => from <= to)
export type Days = z.infer<typeof daysSchema>

export const openingSchema = z.object({
  format: z.literal(PAYLOAD_FORMAT),
  version: z.literal(PAYLOAD_VERSION),
  kind: z.enum(PUSH_KINDS),
  scope: z.enum(PUSH_SCOPES),
  source: z.enum(['csv', 'ctf', 'atf', 'sims', 'one-roster', 'wonde', 'xporter']),
  /** Whom the export says it is for; null where it does not say. */
  school: z.object({ laCode: maybe, establishment: maybe, name: maybe }).nullable(),
  /** When the export was made: what is known to be newer is not undone by it. */
  takenAt: z.iso.datetime(),
  /** What the agent's configuration calls it: of two exports of one feed the later one counts. */
  feed: z.string().min(1).max(MAX_FEED_NAME),
  /** Of a full list of conduct that is divided: the days that this part tells whole, those with nothing too. */
  days: z.exactOptional(daysSchema),
  dropped: z
    .array(
      z.object({
        column: z.string().max(MAX_TEXT),
        count: z.int().min(0),
        why: z.enum(['not-needed', 'not-mapped']),
      }),
    )
    .max(1000),
  /** How many rows the agent could not use beyond those it tells of. */
  moreRejected: z.exactOptional(z.int().min(1)),
  /** As `Roster` has them: what the absence of something in the export means. */
  areContactsPartial: z.exactOptional(z.literal(true)),
  saysNoContact: z.exactOptional(z.literal(true)),
  /** What the export speaks of at all, in the words of `Topic`; said of a CSV, whose mapping stays in the school. */
  tells: z.exactOptional(z.array(z.string().max(40)).max(40)),
})
export type PayloadOpening = z.infer<typeof openingSchema>

export const recordSchema = z.union([
  z.object({ pupil: pupilSchema }),
  z.object({ leaver: pupilKeySchema }),
  z.object({ staff: staffSchema }),
  z.object({ mark: markSchema }),
  z.object({ conduct: conductSchema }),
  z.object({ consent: consentSchema }),
  z.object({ rejected: rejectedSchema }),
])
export type PayloadRecord = z.infer<typeof recordSchema>

/** Counts all records, those that tell of something rejected too. */
export const endSchema = z.object({ end: z.literal(true), records: z.int().min(0) })

/** Which records each kind of push may hold, besides `rejected`; others are reported, and not used. */
export const recordsOfKind = {
  roster: ['pupil', 'leaver', 'staff'],
  registers: ['mark'],
  behaviour: ['conduct'],
  achievements: ['conduct'],
  detentions: ['conduct'],
  staff: ['staff'],
  consents: ['consent'],
} as const satisfies Record<(typeof PUSH_KINDS)[number], readonly string[]>

/** The plain bytes of a push, a line at a time, for `sealBody`. */
export function* writePayload(
  opening: PayloadOpening,
  records: Iterable<PayloadRecord>,
): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  const written = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`)
  yield written(opening)
  let count = 0
  for (const record of records) {
    yield written(record)
    count++
  }
  yield written({ end: true, records: count } satisfies z.infer<typeof endSchema>)
}
