import type { Day, Id, PupilId } from '#kernel'

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
