import { Temporal } from 'temporal-polyfill'
import { LONDON } from '../workers/kernel/london.ts'
import type { Schedule } from './config.ts'

/**
 * The first moment after this one at which the schedule is due, in milliseconds since 1970. By London's
 * clock: a school's servers are often set to UTC, and its registers close at nine in summer too. A time that a
 * clock change leaves out is taken an hour later; one that comes twice is taken once.
 */
export function nextDue(schedule: Schedule, afterMs: number): number {
  const after = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(LONDON)
  const times = timesOf(schedule)
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const day = after.toPlainDate().add({ days: ahead })
    if (!isOn(schedule, day.dayOfWeek)) continue
    for (const plainTime of times) {
      const due = day.toZonedDateTime({ timeZone: LONDON, plainTime }).epochMilliseconds
      if (due > afterMs) return due
    }
  }
  throw new Error('a schedule without days')
}

/** Any week has every day of the week, and today's times may be over. */
const DAYS_AHEAD = 8

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

function isOn(schedule: Schedule, dayOfWeek: number): boolean {
  const name = WEEK[dayOfWeek - 1]
  if (schedule.days) return name !== undefined && schedule.days.includes(name)
  // Through the day means registers, and there are none at a weekend.
  return 'at' in schedule || dayOfWeek <= 5
}

function timesOf(schedule: Schedule): Temporal.PlainTime[] {
  if ('at' in schedule)
    return schedule.at.map((time) => Temporal.PlainTime.from(time)).sort(Temporal.PlainTime.compare)
  const first = minutesOf(schedule.from)
  const last = minutesOf(schedule.until)
  const count = Math.max(0, Math.floor((last - first) / schedule.everyMinutes)) + 1
  return Array.from({ length: count }, (_, index) => {
    const minutes = first + index * schedule.everyMinutes
    return Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
  })
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
