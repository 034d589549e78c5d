import { z } from 'zod'

/**
 * What goes back to the school's system: a decision that was made here and belongs there. The agent reads
 * these with the same schema and writes them as a file; nothing in them needs a database.
 */
const maybe = z.string().nullable()
const decider = z.object({ name: z.string(), title: z.string() })

/** By what the school's system knows a pupil again, with the name for whoever looks at the file. */
const pupilSchema = z.object({
  upn: maybe,
  admissionNumber: maybe,
  surname: z.string(),
  forename: z.string(),
})

const markSchema = z.object({
  kind: z.literal('mark'),
  pupil: pupilSchema,
  /** ISO, 2026-11-23. */
  date: z.iso.date(),
  /** AM or PM, or what the school's system calls the period of a lesson. */
  session: z.string(),
  isLesson: z.boolean(),
  original: z.string(),
  code: z.string(),
  minutesLate: z.int().nullable(),
  reason: maybe,
  decidedBy: decider,
  /** ISO, UTC. */
  decidedAt: z.iso.datetime(),
})

const pointSchema = z.object({
  kind: z.literal('point'),
  contact: z.object({ title: maybe, forename: maybe, surname: z.string() }),
  /** The pupils whose contact it is. */
  pupils: z.array(pupilSchema),
  channel: z.enum(['phone', 'email']),
  /** An E.164 number or an address: as it was, and as it is right. */
  was: z.string(),
  is: z.string(),
  decidedBy: decider,
  decidedAt: z.iso.datetime(),
})

export const writeBackRecordSchema = z.discriminatedUnion('kind', [markSchema, pointSchema])
export type WriteBackRecord = z.infer<typeof writeBackRecordSchema>

/** One of those that an agent collects. The id stands for it when it is acknowledged. */
export const writeBackLineSchema = z.object({ id: z.string(), record: writeBackRecordSchema })
export type WriteBackLine = z.infer<typeof writeBackLineSchema>

/** `GET /mis/v1/write-backs`. `more`: acknowledge these and ask again. */
export const writeBacksSchema = z.object({
  writeBacks: z.array(writeBackLineSchema),
  more: z.boolean(),
})
export type WriteBacksCollected = z.infer<typeof writeBacksSchema>

/** Handed out at once, and acknowledged at once, at most. */
export const MAX_COLLECTED = 200
const MAX_REASON = 200

/** `POST /mis/v1/write-backs/acknowledgement`: what became of those that were collected. */
export const acknowledgementSchema = z.object({
  outcomes: z
    .array(
      z.object({
        id: z.string().max(40),
        /** `written`: the file is safely on disk. `refused`: it cannot be, for the reason given. */
        outcome: z.enum(['written', 'refused']),
        reason: z.string().max(MAX_REASON).nullish(),
      }),
    )
    .max(MAX_COLLECTED),
})
export type Acknowledgement = z.infer<typeof acknowledgementSchema>

/** Those that are not known, or are somebody else's, are named: there is no use in trying them again. */
export const acknowledgedSchema = z.object({
  acknowledged: z.int(),
  unknown: z.array(z.string()),
})
export type Acknowledged = z.infer<typeof acknowledgedSchema>
