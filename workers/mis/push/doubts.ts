import { londonDay } from '#kernel'
import { canonical } from '../compare/digest.ts'
import type { Doubt } from '../import.ts'
import type { PupilKey } from '../records/roster.ts'
import type { Pushed } from './read-push.ts'
import { MAX_CLOCK_DIFFERENCE_MS } from './wire.ts'

/**
 * What is odd about a push on the face of it, so that somebody of the school looks before it takes effect
 * (PRODUCT 5.4): nothing in it, a day that has not come yet, or two records that cannot both be so.
 */
export function doubtsOf(pushed: Pushed, nowMs: number): Doubt[] {
  const doubts: Doubt[] = []
  if (isEmpty(pushed)) doubts.push('empty')
  if (isAhead(pushed, nowMs)) doubts.push('dated-ahead')
  if (contradicts(pushed)) doubts.push('contradicts-itself')
  return doubts
}

/** A list of changes, or of the marks so far, may well be empty; a list of everybody may not. */
const isEmpty = ({ opening: { kind, scope }, records }: Pushed): boolean =>
  records === 0 && scope === 'full' && (kind === 'roster' || kind === 'staff')

/** A detention is on a day to come; nothing else that is pushed can be. */
function isAhead({ opening, pupils, marks, conduct }: Pushed, nowMs: number): boolean {
  if (Date.parse(opening.takenAt) > nowMs + MAX_CLOCK_DIFFERENCE_MS) return true
  const today = londonDay(nowMs)
  return (
    pupils.some(({ dateOfBirth }) => dateOfBirth !== null && dateOfBirth > today) ||
    marks.some(({ date }) => date > today) ||
    conduct.some(({ kind, date }) => kind !== 'detention' && date > today)
  )
}

function contradicts({ pupils, leavers, staff, marks, consents }: Pushed): boolean {
  const there = new Set(pupils.flatMap(({ key }) => namesOf(key)))
  return (
    leavers.some((key) => namesOf(key).some((name) => there.has(name))) ||
    differ(pupils, ({ key }) => namesOf(key)) ||
    differ(staff, ({ reference }) => [reference]) ||
    differ(marks, ({ pupil, date, at }) => {
      const when = canonical([date, at])
      return namesOf(pupil).map((name) => `${name} ${when}`)
    }) ||
    differ(consents, ({ pupil, contact, about, channel }) => {
      const what = canonical([contact, about, channel])
      return namesOf(pupil).map((name) => `${name} ${what}`)
    })
  )
}

/** Whether two records of one name say different things; said twice the same it is no contradiction. */
function differ<Said extends { line: number }>(
  all: readonly Said[],
  names: (one: Said) => string[],
): boolean {
  const saidOf = new Map<string, Said>()
  return all.some((one) =>
    names(one).some((name) => {
      const before = saidOf.get(name)
      saidOf.set(name, one)
      return before !== undefined && !isSame(before, one)
    }),
  )
}

const isSame = <Said extends { line: number }>(one: Said, other: Said): boolean =>
  canonical({ ...one, line: 0 }) === canonical({ ...other, line: 0 })

const namesOf = ({ upn, admissionNumber, reference }: PupilKey): string[] =>
  [
    ['upn', upn],
    ['admission', admissionNumber],
    ['reference', reference],
  ].flatMap(([kind, number]) => (number ? [`${kind} ${number}`] : []))
