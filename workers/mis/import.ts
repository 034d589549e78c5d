import type { Fingerprint } from '#vault'
import type { Id, ImportId, UserId } from '#kernel'
import type { FileKind } from './read/index.ts'
import type { RosterSchool } from './roster.ts'

/**
 * `uploaded` waits for a person to say what its columns are; `previewed` waits to be applied; `held`
 * waits for somebody to say that so many pupils have really left; the other two are the ends.
 */
export type ImportState = 'uploaded' | 'previewed' | 'held' | 'applied' | 'discarded'

/** What the sealed record of an import holds: file names are often people's. */
export type ImportRecord = { fileName: string; school: RosterSchool | null }

/**
 * Why an import waits for an approval. Where both are so, it is the second: the page says the first
 * one too.
 */
export type HeldBecause = 'removes-many-pupils' | 'drops-a-restricted-contact'

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
}

export type Import = {
  id: ImportId
  state: ImportState
  kind: FileKind
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
  preview: ['uploaded', 'previewed', 'held'],
  approve: ['held'],
  apply: ['previewed'],
  discard: ['uploaded', 'previewed', 'held'],
} satisfies Record<string, ImportState[]>

export type ImportAction = keyof typeof allowedWhile

export const statesFor = (action: ImportAction): readonly ImportState[] => allowedWhile[action]

export const can = (action: ImportAction, imported: Pick<Import, 'state'>): boolean =>
  statesFor(action).includes(imported.state)

/** PRODUCT 5.4: a file that would remove more than 20% of the pupils is held for approval. */
export const HELD_ABOVE_SHARE = 0.2

export const removesMany = ({ pupils }: Pick<Counts, 'pupils'>, onRoll: number): boolean =>
  pupils.leaving > onRoll * HELD_ABOVE_SHARE

/**
 * A restriction is laid on a contact. A file that writes the name another way ("D Marsh") makes
 * another contact, on whom there is none: somebody must look before that one is written to.
 */
export const heldBecause = (counts: Counts, onRoll: number): HeldBecause | null => {
  if (counts.restrictions.dropped > 0) return 'drops-a-restricted-contact'
  return removesMany(counts, onRoll) ? 'removes-many-pupils' : null
}

/** True where the file says nothing that is not known already. */
export const changesNothing = ({ pupils, contacts, restrictions }: Counts): boolean =>
  pupils.added + pupils.changed + pupils.leaving + pupils.returning === 0 &&
  contacts.added + contacts.changed + contacts.leaving === 0 &&
  restrictions.added + restrictions.ended === 0

export const sameCounts = (one: Counts | null, other: Counts): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
