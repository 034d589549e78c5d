import type { AttendanceCode, ContactId, Day, PointId, PupilId, WriteBackId } from '#kernel'
import { newId } from '#kernel'
import * as audit from '#audit'
import * as people from '#people'
import type { School, Write } from '#shards'
import type { WriteBackRecord } from './line.ts'
import * as store from './store.ts'

/** Who decided, as the register wants it (PRODUCT 10.1). */
export type Decider = { name: string; title: string }

/** A code that a person decided on, for one session or lesson of one pupil. */
export type CodeDecided = {
  kind: 'mark'
  pupilId: PupilId
  date: Day
  at: { kind: 'session'; session: 'AM' | 'PM' } | { kind: 'lesson'; period: string }
  original: AttendanceCode
  code: AttendanceCode
  minutesLate: number | null
  reason: string | null
  by: Decider
}

/** A number or an address of a contact that a person corrected. */
export type PointCorrected = {
  kind: 'point'
  pointId: PointId
  contactId: ContactId
  channel: people.Channel
  was: string
  is: string
  by: Decider
}

export type Decided = CodeDecided | PointCorrected

/**
 * What puts a decision on the way to the school's own system, for the commit that makes the decision: both
 * happen, or neither. Nothing where the person is not known any more.
 */
export async function queued(school: School, decided: Decided): Promise<Write[]> {
  const made = await make(school, decided)
  return made ? [made.write] : []
}

/** The same by itself, where the decision was made before. Undefined where there is nobody to write about. */
export async function queue(school: School, decided: Decided): Promise<WriteBackId | undefined> {
  const made = await make(school, decided)
  if (!made) return undefined
  const facts = { about: aboutOf(decided), kind: decided.kind }
  await school.commit(made.write, audit.entry(school, 'write-back.queued', made.id, facts))
  return made.id
}

async function make(school: School, decided: Decided) {
  const record =
    decided.kind === 'mark' ? await markOf(school, decided) : await pointOf(school, decided)
  if (!record) return undefined
  const id = newId('write-back', school.clock.now())
  return { id, write: await store.added(school, id, aboutOf(decided), record) }
}

const aboutOf = (decided: Decided): PupilId | PointId =>
  decided.kind === 'mark' ? decided.pupilId : decided.pointId

async function markOf(
  school: School,
  { pupilId, date, at, original, code, minutesLate, reason, by }: CodeDecided,
): Promise<WriteBackRecord | undefined> {
  const pupil = (await people.pupilRecords(school, [pupilId])).get(pupilId)
  return (
    pupil && {
      kind: 'mark',
      pupil: asPupil(pupil),
      date,
      session: at.kind === 'session' ? at.session : at.period,
      isLesson: at.kind === 'lesson',
      original,
      code,
      minutesLate,
      reason,
      decidedBy: by,
      decidedAt: nowOf(school),
    }
  )
}

async function pointOf(
  school: School,
  { contactId, channel, was, is, by }: PointCorrected,
): Promise<WriteBackRecord | undefined> {
  const contact = await people.findContact(school, contactId)
  if (!contact) return undefined
  const { title, forename, surname } = contact.record
  return {
    kind: 'point',
    contact: { title, forename, surname },
    pupils: contact.children.filter(({ hasLeft }) => !hasLeft).map(({ record }) => asPupil(record)),
    channel: channel === 'email' ? 'email' : 'phone',
    was,
    is,
    decidedBy: by,
    decidedAt: nowOf(school),
  }
}

const asPupil = ({ upn, admissionNumber, surname, forename }: people.PupilRecord) => ({
  upn,
  admissionNumber,
  surname,
  forename,
})

const nowOf = (school: School): string => new Date(school.clock.now()).toISOString()
