import type { ConductKind, Figures, MarkAt, SessionMark } from '#attendance'
import { type AttendanceCode, CODES_2024, months } from '#kernel'

/** "I, illness": the code as the register has it, and what it means. */
export const codeWords = (code: AttendanceCode): string =>
  `${code}, ${lowerFirst(CODES_2024[code].words)}`

export const sessionWords: Record<SessionMark['session'], string> = {
  AM: 'Morning',
  PM: 'Afternoon',
}

export const placeWords = (at: MarkAt): string =>
  at.kind === 'session' ? sessionWords[at.session] : `Lesson ${at.period}`

/** "96.3%"; in whole numbers a pupil on 89.6% would seem to be above 90%. */
export const percentWords = (percentage: number | null): string =>
  percentage === null ? 'No sessions yet' : `${(Math.floor(percentage * 10) / 10).toFixed(1)}%`

export const persistenceWords: Record<Exclude<Figures['persistence'], 'none'>, string> = {
  persistent: 'Persistently absent: 10% or more of possible sessions missed',
  severe: 'Severely absent: half or more of possible sessions missed',
}

export const conductWords: Record<ConductKind, string> = {
  behaviour: 'Behaviour',
  achievement: 'Achievement',
  detention: 'Detention',
}

/** "September" of "2026-09". */
export const monthWords = (month: string): string => months[Number(month.slice(5)) - 1] ?? month

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
