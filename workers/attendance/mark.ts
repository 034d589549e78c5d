import type { AttendanceCode, Day, PupilId } from '#kernel'

/** The statutory morning or afternoon, or a lesson by what the school's system calls its period. */
export type MarkAt = { kind: 'session'; session: Session } | { kind: 'lesson'; period: string }
export type Session = 'AM' | 'PM'

/** One mark of one pupil: what an import hands over once it knows who is who. */
export type PupilMark = {
  pupilId: PupilId
  date: Day
  at: MarkAt
  code: AttendanceCode
  /** Whole minutes; null where the source does not say. */
  minutesLate: number | null
}

/** A mark of a session, which the law counts. */
export type SessionMark = {
  date: Day
  session: Session
  code: AttendanceCode
  minutesLate: number | null
}

/** A mark of a lesson: the school's own, in no percentage. */
export type LessonMark = {
  date: Day
  period: string
  code: AttendanceCode
  minutesLate: number | null
}

/** 'YYYY-MM'. */
export type Month = string

export const monthOf = (date: Day): Month => date.slice(0, 7)

/** Where on a month's page a mark stands: "23AM", or "23:P3" for a lesson. */
export type Slot = string

export const slotOf = (date: Day, at: MarkAt): Slot =>
  at.kind === 'session' ? `${date.slice(8)}${at.session}` : `${date.slice(8)}:${at.period}`

/** The day and the place in it that a slot of that month's page means. */
export function placeOf(month: Month, slot: Slot): { date: Day; at: MarkAt } {
  const date = `${month}-${slot.slice(0, 2)}`
  const rest = slot.slice(2)
  return rest.startsWith(':')
    ? { date, at: { kind: 'lesson', period: rest.slice(1) } }
    : { date, at: { kind: 'session', session: rest === 'AM' ? 'AM' : 'PM' } }
}
