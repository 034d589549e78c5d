import type { Fingerprint } from '#vault'
import type { Conduct } from '../records/conduct.ts'
import type { Doubt } from '../import.ts'
import type { Mark } from '../records/marks.ts'
import type { Doubtful } from '../push/doubtful.ts'
import type { Days, PushedConsent } from '../push/payload.ts'
import type { PushKind } from '../push/wire.ts'
import type {
  Dropped,
  Rejected,
  RosterSchool,
  RosterSource,
  RosterStaff,
} from '../records/roster.ts'
import type { Reading } from '../read/tells.ts'

/**
 * What was read of a file, kept sealed in the bucket until its import is closed: it is compared when it
 * comes, and again when it is applied.
 */
export type Staged = RosterStaged | StaffStaged | ConsentsStaged | MarksStaged | ConductStaged

/** Of every kind: what it is and what was left out. A roster says it itself. */
export type Told = {
  source: RosterSource
  school: RosterSchool | null
  isFull: boolean
  rejected: Rejected[]
  moreRejected: number
  dropped: Dropped[]
  doubts: Doubt[]
  /** Whom the doubts are about, and where it stands. */
  doubtful: Doubtful | null
}

export type RosterStaged = { data: 'roster'; reading: Reading } & Pick<Told, 'doubts' | 'doubtful'>
export type StaffStaged = Told & { data: 'staff'; staff: RosterStaff[] }
export type ConsentsStaged = Told & { data: 'consents'; consents: PushedConsent[] }
export type MarksStaged = Told & { data: 'registers'; marks: Mark[]; digest: Fingerprint }
export type ConductStaged = Told & {
  data: Extract<PushKind, 'behaviour' | 'achievements' | 'detentions'>
  conduct: Conduct[]
  /** What it tells whole, if it is full and says so; else from its first day to its last. */
  days?: Days
  digest: Fingerprint
}

/** A file that came by a browser: always people. */
export const staged = (reading: Reading): RosterStaged => ({
  data: 'roster',
  reading,
  doubts: [],
  doubtful: null,
})

export function toldOf(staged: Staged): Told {
  if (staged.data !== 'roster') return staged
  const { pupils, staff, leavers, ...told } = staged.reading.roster
  const { doubts, doubtful } = staged
  return { ...told, doubts, doubtful }
}
