import type { Fingerprint } from '#vault'
import type { Id, ImportId, UserId } from '#kernel'
import type { PushProblem } from './push/problem.ts'
import type { PushKind } from './push/wire.ts'
import type { FileKind } from './read/index.ts'
import type { RosterSchool } from './roster.ts'

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
export type ImportRecord = { fileName: string; school: RosterSchool | null }

/** Why an import waits for an approval. Where several are so it is the first of these (PRODUCT 5.4). */
export const heldReasons = [
  'drops-a-restricted-contact',
  'another-school',
  'dated-ahead',
  'contradicts-itself',
  'empty',
  'removes-many-pupils',
  'removes-many-staff',
] as const
export type HeldBecause = (typeof heldReasons)[number]

/** What is odd about a file on the face of it, whatever is on the roll. */
export type Doubt = Extract<HeldBecause, 'dated-ahead' | 'contradicts-itself' | 'empty'>

/** Which of an import's sealed objects are still in the bucket. */
export type Kept = 'everything' | 'report' | 'nothing'

/** What an import would change, or has changed, in numbers. */
export type Counts = {
  pupils: { added: number; changed: number; unchanged: number; leaving: number; returning: number }
  contacts: { added: number; changed: number; unchanged: number; leaving: number }
  /** `dropped`: a restricted contact would not be one of the child's contacts any more. */
  restrictions: { added: number; ended: number; dropped: number }
  rejected: number
  droppedColumns: number
  /** Only where the file has staff. `here`: how many worked at the school when it was compared. */
  staff?: { added: number; changed: number; unchanged: number; leaving: number; here: number }
  /** Marks, or things pupils did, that are written; 0 where the same was there already. */
  entries?: number
  /** Numbers and addresses that are not to be written to, or may be again, for what is not essential. */
  wishes?: { stopped: number; resumed: number }
}

export type Import = {
  id: ImportId
  state: ImportState
  kind: ImportKind
  source: ImportSource
  /** Null for what came by a browser. */
  agentId: Id<'agent'> | null
  data: PushKind
  /** When the agent sealed it; null for what came by a browser. */
  takenAtMs: number | null
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
  heldBecause: HeldBecause | null
  approvedBy: UserId | null
  kept: Kept
  createdBy: string
  createdAtMs: number
  /** When it was applied or discarded. */
  closedAtMs: number | null
}

const allowedWhile = {
  map: ['uploaded', 'previewed', 'held'],
  preview: ['uploaded', 'received', 'previewed', 'held'],
  takeIn: ['received'],
  refuse: ['received'],
  approve: ['held'],
  apply: ['previewed'],
  discard: ['uploaded', 'received', 'previewed', 'held'],
} satisfies Record<string, ImportState[]>

export type ImportAction = keyof typeof allowedWhile

export const statesFor = (action: ImportAction): readonly ImportState[] => allowedWhile[action]

export const can = (action: ImportAction, imported: Pick<Import, 'state'>): boolean =>
  statesFor(action).includes(imported.state)

/** PRODUCT 5.4: a file that would remove more than 20% of the pupils is held for approval. */
export const HELD_ABOVE_SHARE = 0.2

export const removesMany = ({ pupils }: Pick<Counts, 'pupils'>, onRoll: number): boolean =>
  pupils.leaving > onRoll * HELD_ABOVE_SHARE

export const removesManyStaff = ({ staff }: Pick<Counts, 'staff'>): boolean =>
  staff !== undefined && staff.leaving > staff.here * HELD_ABOVE_SHARE

/**
 * A restriction is laid on a contact. A file that writes the name another way ("D Marsh") makes
 * another contact, on whom there is none: somebody must look before that one is written to.
 */
export const heldBecause = (
  counts: Counts,
  onRoll: number,
  found: readonly HeldBecause[] = [],
): HeldBecause | null => {
  const all = new Set<HeldBecause>(found)
  if (counts.restrictions.dropped > 0) all.add('drops-a-restricted-contact')
  if (removesMany(counts, onRoll)) all.add('removes-many-pupils')
  if (removesManyStaff(counts)) all.add('removes-many-staff')
  return heldReasons.find((reason) => all.has(reason)) ?? null
}

/** True where the file says nothing that is not known already. */
export const changesNothing = ({
  pupils,
  contacts,
  restrictions,
  staff,
  entries,
  wishes,
}: Counts): boolean =>
  pupils.added + pupils.changed + pupils.leaving + pupils.returning === 0 &&
  contacts.added + contacts.changed + contacts.leaving === 0 &&
  restrictions.added + restrictions.ended === 0 &&
  (!staff || staff.added + staff.changed + staff.leaving === 0) &&
  !entries &&
  (!wishes || wishes.stopped + wishes.resumed === 0)

/** What nothing changes by: for kinds of data that touch no pupil and no contact. */
export const noCounts = (): Counts => ({
  pupils: { added: 0, changed: 0, unchanged: 0, leaving: 0, returning: 0 },
  contacts: { added: 0, changed: 0, unchanged: 0, leaving: 0 },
  restrictions: { added: 0, ended: 0, dropped: 0 },
  rejected: 0,
  droppedColumns: 0,
})

export const sameCounts = (one: Counts | null, other: Counts): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
