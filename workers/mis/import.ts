import type { Fingerprint } from '#vault'
import type { Id, ImportId, UserId } from '#kernel'
import type { PushProblem } from './push/problem.ts'
import type { PushKind } from './push/wire.ts'
import type { FileKind } from './read/index.ts'
import type { DfeNumber } from '#schools'
import type { RosterSchool } from './records/roster.ts'

/** The numbers that a file is compared with, and where they are from: `entered` by the operator, or a file before it. */
export type KnownSchool = Pick<RosterSchool, 'laCode' | 'establishment'> & {
  from: 'entered' | ImportId
}

/** A name of this school in its own system, as the last applied import said that named any. */
export type KnownName = { name: string; from: ImportId }

/**
 * `uploaded` waits for a person to say what its columns are, `received` for Schoolgate to open what an
 * agent sent; `previewed` waits to be applied; `held` waits for somebody to say that it is really so. The
 * others are the ends: `refused` is what an agent sent and could not be opened or read.
 */
export type ImportState =
  | 'uploaded'
  | 'received'
  | 'previewed'
  | 'held'
  | 'applied'
  | 'discarded'
  | 'refused'

/** By whom it came: a person with a browser, or the school's agent. */
export type ImportSource = 'browser' | 'agent'

/** What the file is in; `push` is what an agent sends. */
export type ImportKind = FileKind | 'push'

/** What the sealed record of an import holds: file names are often people's; a push has none. */
export type ImportRecord = {
  fileName: string
  /** Which school it says it is of. */
  school: RosterSchool | null
  /** The school's number as the operator had entered it when this came. */
  dfeNumber: DfeNumber | null
  /** The school's name as the operator had entered it when this came. */
  ourName: string
  /** What the school in it was compared with; not there where it says none, or nobody knew it yet. */
  known?: KnownSchool
  knownName?: KnownName
  /** The newer export of its feed that came while this was held, so that it was discarded. */
  replacedBy?: ImportId
}

/** Why an import waits for an approval. Where several are so it is the first of these (PRODUCT 5.4). */
export const heldReasons = [
  'drops-a-restricted-contact',
  'another-school',
  'dated-ahead',
  'contradicts-itself',
  'empty',
  'removes-many-pupils',
  'removes-many-staff',
  'ends-many-restrictions',
  'removes-many-contacts',
  'removes-many-points',
  'removes-many-records',
] as const
export type HeldBecause = (typeof heldReasons)[number]

/** What is odd about a file on the face of it, whatever is on the roll. */
export type Doubt = Extract<HeldBecause, 'dated-ahead' | 'contradicts-itself' | 'empty'>

/** Which of an import's sealed objects are still in the bucket. */
export type Kept = 'everything' | 'report' | 'nothing'

/** What an import would change, or has changed, in numbers. */
export type Counts = {
  /** `here`: pupils on roll when it was compared. */
  pupils: {
    added: number
    changed: number
    unchanged: number
    leaving: number
    returning: number
    here: number
  }
  /** `here`: contacts of the pupils who stay on roll; those of leavers count neither as here nor as leaving. */
  contacts: { added: number; changed: number; unchanged: number; leaving: number; here: number }
  /** Numbers and addresses of those same contacts: how many there were, and how many end. */
  points: { ended: number; here: number }
  /**
   * `dropped`: a restricted contact would not be one of the child's contacts any more. `here`: how many "do not
   * contact" marks of the school's own system stood.
   */
  restrictions: { added: number; ended: number; dropped: number; here: number }
  rejected: number
  droppedColumns: number
  /** Only where the file has staff. `here`: how many worked at the school when it was compared. */
  staff?: { added: number; changed: number; unchanged: number; leaving: number; here: number }
  /** Marks, or things pupils did, that are written; 0 where the same was there already. */
  entries?: number
  /**
   * Only of conduct that a source says it tells whole. `removed`: what is not in it any more; `here`: how much was
   * known of its days. Not `isWhole`: a row of it could not be read, so that nothing was removed.
   */
  conduct?: { removed: number; here: number; isWhole: boolean }
  /**
   * Numbers and addresses that are not to be written to, or may be again, for what is not essential; and those
   * that agreed to marketing, or do not any more. Only where the file speaks of it.
   */
  wishes?: { stopped: number; resumed: number; agreed: number; withdrawn: number }
}

export type Import = {
  id: ImportId
  state: ImportState
  kind: ImportKind
  source: ImportSource
  /** Null for what came by a browser. */
  agentId: Id<'agent'> | null
  data: PushKind
  /**
   * As of when it speaks. Of a push: when its export was made, never after it was sealed (until it is open: when
   * it was sealed). Of a file: when somebody uploaded it.
   */
  takenAtMs: number
  /** The agent's name for the feed that it came by; null for a file, and for a push that is not open yet. */
  feed: string | null
  /** Why a push could not be used. */
  refusedBecause: PushProblem | null
  record: ImportRecord
  /** It lists some pupils only: nobody who is missing from it has left. */
  isPartial: boolean
  fileFingerprint: Fingerprint
  mappingId: Id<'mapping'> | null
  /** Null until the file has been compared with the roll. */
  counts: Counts | null
  /** How many imports had been applied when it was compared. */
  comparedAfter: number | null
  /** Of what it would write, as it was compared. */
  planFingerprint: Fingerprint | null
  heldBecause: HeldBecause | null
  approvedBy: UserId | null
  kept: Kept
  /** Whose findings count: what it read and reported is in the bucket under this name. */
  findings: Id<'findings'> | null
  createdBy: string
  createdAtMs: number
  /** When it was applied or discarded. */
  closedAtMs: number | null
}

const allowedWhile = {
  map: ['uploaded'],
  preview: ['uploaded', 'received', 'previewed', 'held'],
  takeIn: ['received'],
  refuse: ['received'],
  approve: ['held'],
  apply: ['previewed'],
  discard: ['uploaded', 'received', 'previewed', 'held'],
  replace: ['held'],
} satisfies Record<string, ImportState[]>

export type ImportAction = keyof typeof allowedWhile

export const statesFor = (action: ImportAction): readonly ImportState[] => allowedWhile[action]

export const can = (action: ImportAction, imported: Pick<Import, 'state'>): boolean =>
  statesFor(action).includes(imported.state)

/** True where the file says nothing that is not known already. */
export const changesNothing = ({
  pupils,
  contacts,
  restrictions,
  staff,
  entries,
  conduct,
  wishes,
}: Counts): boolean =>
  pupils.added + pupils.changed + pupils.leaving + pupils.returning === 0 &&
  contacts.added + contacts.changed + contacts.leaving === 0 &&
  restrictions.added + restrictions.ended === 0 &&
  (!staff || staff.added + staff.changed + staff.leaving === 0) &&
  !entries &&
  !conduct?.removed &&
  (!wishes || Object.values(wishes).every((count) => count === 0))

/** What nothing changes by: for kinds of data that touch no pupil and no contact. */
export const noCounts = (): Counts => ({
  pupils: { added: 0, changed: 0, unchanged: 0, leaving: 0, returning: 0, here: 0 },
  contacts: { added: 0, changed: 0, unchanged: 0, leaving: 0, here: 0 },
  points: { ended: 0, here: 0 },
  restrictions: { added: 0, ended: 0, dropped: 0, here: 0 },
  rejected: 0,
  droppedColumns: 0,
})
