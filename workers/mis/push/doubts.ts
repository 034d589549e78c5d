import { londonDay } from '#kernel'
import type { Doubt } from '../import.ts'
import type { Pushed } from './read-push.ts'
import { contradictionsIn } from './contradictions.ts'
import { type Doubtful, firstOf, whoIs } from './doubtful.ts'
import { MAX_CLOCK_DIFFERENCE_MS } from './wire.ts'

/**
 * What is odd about a push on the face of it, so that somebody of the school looks before it takes effect
 * (PRODUCT 5.4): nothing in it, a day that has not come yet, or two records that cannot both be so. `doubtful` says
 * of whom, as nobody can approve what they cannot find.
 */
export function doubtsOf(
  pushed: Pushed,
  nowMs: number,
): { doubts: Doubt[]; doubtful: Doubtful | null } {
  const ahead = aheadIn(pushed, nowMs)
  const contradictions = contradictionsIn(pushed)
  const doubts: Doubt[] = []
  if (isEmpty(pushed)) doubts.push('empty')
  if (ahead.length > 0) doubts.push('dated-ahead')
  if (contradictions.length > 0) doubts.push('contradicts-itself')
  const doubtful =
    ahead.length + contradictions.length > 0
      ? { ahead: firstOf(ahead), contradictions: firstOf(contradictions) }
      : null
  return { doubts, doubtful }
}

/** A list of changes, or of the marks so far, may well be empty; a list of everybody may not. */
const isEmpty = ({ opening: { kind, scope }, records }: Pushed): boolean =>
  records === 0 && scope === 'full' && (kind === 'roster' || kind === 'staff')

/** A detention is on a day to come; nothing else that is pushed can be. */
function aheadIn(
  { opening, pupils, marks, conduct }: Pushed,
  nowMs: number,
): Doubtful['ahead']['first'] {
  const today = londonDay(nowMs)
  const madeAtMs = Date.parse(opening.takenAt)
  return [
    ...(madeAtMs > nowMs + MAX_CLOCK_DIFFERENCE_MS
      ? [{ what: 'export' as const, who: null, line: null, date: londonDay(madeAtMs) }]
      : []),
    ...pupils.flatMap((pupil) => {
      const { line, dateOfBirth: date } = pupil
      return date !== null && date > today
        ? [{ what: 'birth' as const, who: whoIs(pupil), line, date }]
        : []
    }),
    ...marks
      .filter(({ date }) => date > today)
      .map(({ line, pupil, date }) => ({
        what: 'mark' as const,
        who: whoIs({ key: pupil }),
        line,
        date,
      })),
    ...conduct
      .filter(({ kind, date }) => kind !== 'detention' && date > today)
      .map(({ line, pupil, date }) => ({
        what: 'entry' as const,
        who: whoIs({ key: pupil }),
        line,
        date,
      })),
  ]
}
