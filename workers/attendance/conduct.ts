import type { Day, Id, PupilId } from '#kernel'
import type { Statement } from '#shards'

export type ConductKind = 'behaviour' | 'achievement' | 'detention'

/** What a pupil did well or badly, or has to stay behind for, as an import hands it over. */
export type PupilConduct = ConductRecord & {
  pupilId: PupilId
  kind: ConductKind
  /** The source's own id of it, by which the next file finds it again; null where it has none. */
  reference: string | null
}

/** What the sealed record holds. */
export type ConductRecord = {
  date: Day
  /** The school's own name for it: "Lunchtime incident". */
  type: string
  points: number | null
  description: string | null
}

export type Conduct = ConductRecord & { id: Id<'conduct'>; kind: ConductKind }

/**
 * What a source says that tells all there is: each record of one kind, of any pupil, from its first day to its
 * last. What is known of those days and not among them was deleted there, or moved to another child.
 */
export type WholeConduct = {
  kind: ConductKind
  from: Day
  to: Day
  /** Days of which something could not be laid to a pupil, and may be what is known: nothing of them goes. */
  unsureDays: ReadonlySet<Day>
}

/** What bringing conduct in comes to. */
export type ConductChange = {
  statements: Statement[]
  /** New ones, and those that say something else now. */
  written: number
  removed: number
  /** Which: there are as many. */
  gone: Id<'conduct'>[]
  /** Known of the kind and the days that a source told whole; 0 where it did not. */
  here: number
}
