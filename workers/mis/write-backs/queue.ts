import type { AttendanceCode, ContactId, Day, PointId, PupilId, WriteBackId } from '#kernel'
import { newId } from '#kernel'
import * as audit from '#audit'
import * as people from '#people'
import type { School, Write } from '#shards'
import type { WriteBackRecord } from './line.ts'
import * as store from './store.ts'
import { canWriteBack } from './write-back.ts'

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
  return made?.writes ?? []
}

/**
 * The same by itself, where the decision was made before. Undefined where there is nobody to write about, or
 * where another correction of the same came between.
 */
export async function queue(school: School, decided: Decided): Promise<WriteBackId | undefined> {
  const made = await make(school, decided)
  if (!made) return undefined
  const facts = { about: aboutOf(decided), kind: decided.kind }
  const entry = audit.entry(school, 'write-back.queued', made.id, facts)
  return (await school.commit(made.writes, entry)) ? made.id : undefined
}

async function make(school: School, decided: Decided) {
  const id = newId('write-back', school.clock.now())
  if (decided.kind === 'point') return makePoint(school, id, decided)
  const record = await markOf(school, decided)
  return record && { id, writes: [await store.added(school, id, decided.pupilId, record)] }
}

/**
 * A later correction of the same number takes the place of those that are not on their way yet: one line is left,
 * from what the school's system has to what is right, and none where that is the same. What an agent has
 * may be in its file already. That one stays, and this comes after it.
 */
async function makePoint(school: School, id: WriteBackId, decided: PointCorrected) {
  const { pointId, is } = decided
  const open = await store.openAbout(school, pointId)
  const merged = open.filter((one) => canWriteBack('merge', one))
  const [first] = merged.map(({ record }) => record)
  const was = first?.kind === 'point' ? first.was : decided.was
  const replaces = [
    ...store.stillOpen(school, pointId, open),
    ...store.superseded(
      school,
      merged.map((one) => one.id),
    ),
  ]
  if (was === is) return { id, writes: replaces }
  const record = await pointOf(school, { ...decided, was })
  return record && { id, writes: [...replaces, await store.added(school, id, pointId, record)] }
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
