import type { ConductKind, ConductRead } from '../workers/mis/records/conduct.ts'
import type { MarksRead } from '../workers/mis/records/marks.ts'
import type { PayloadOpening, PayloadRecord } from '../workers/mis/push/payload.ts'
import { recordsOf } from '../workers/mis/read/json.ts'
import { readConductCsv } from '../workers/mis/read/conduct-csv.ts'
import { readXporterConduct } from '../workers/mis/read/conduct-xporter.ts'
import { readMarksCsv } from '../workers/mis/read/marks-csv.ts'
import { readWondeMarks } from '../workers/mis/read/marks-wonde.ts'
import { readXporterMarks } from '../workers/mis/read/marks-xporter.ts'
import type { Dropped, Rejected } from '../workers/mis/records/roster.ts'
import type { Export } from './collect.ts'
import type { Feed } from './config.ts'
import { consentsOf } from './consents-of.ts'
import { type FeedProblem, jsonOf, notHere, type Refused } from './json-taken.ts'
import { readPeople } from './read-people.ts'
import { MAX_EXPORT_BYTES } from './settled.ts'

/** What a feed has to say, understood and not yet cut down to what Schoolgate wants. */
export type Batch = {
  readonly about: Pick<
    PayloadOpening,
    'source' | 'school' | 'scope' | 'areContactsPartial' | 'saysNoContact' | 'tells'
  >
  readonly records: readonly PayloadRecord[]
  /** What was not taken, as it is shown in the school; `moreRejected` counts what is beyond the list. */
  readonly rejected: readonly Rejected[]
  readonly moreRejected: number
  /** Columns that were discarded as they were read. */
  readonly dropped: readonly Dropped[]
}

export type FeedRead =
  | { readonly ok: true; readonly batch: Batch }
  | { readonly ok: false; readonly problem: FeedProblem }

/** The export as records, by what the feed is to carry. */
export function readFeed(feed: Feed, taken: Export): FeedRead {
  switch (feed.data) {
    case 'registers':
      return ofMarks(feed, readMarks(feed, taken))
    case 'behaviour':
    case 'achievements':
    case 'detentions':
      return ofConduct(feed, readConduct(feed, taken), KIND_OF[feed.data])
    default:
      return ofPeople(feed, taken)
  }
}

const KIND_OF = {
  behaviour: 'behaviour',
  achievements: 'achievement',
  detentions: 'detention',
} as const satisfies Readonly<Record<string, ConductKind>>

function ofPeople(feed: Feed, taken: Export): FeedRead {
  const read = readPeople(feed.source, taken)
  if (!read.ok) return read
  const { roster, tells } = read
  const { source, school, areContactsPartial, saysNoContact, staff, leavers } = roster
  const about: Batch['about'] = {
    source,
    school,
    scope: feed.scope === 'full' && roster.isFull ? 'full' : 'partial',
    ...(areContactsPartial && { areContactsPartial }),
    ...(saysNoContact && { saysNoContact }),
    ...(tells && { tells }),
  }
  const { moreRejected, dropped } = roster
  const rejected = roster.rejected.filter((each) => isAbout(feed, each))
  const batch = (records: PayloadRecord[]): FeedRead => ({
    ok: true,
    batch: { about, records, rejected, moreRejected, dropped },
  })
  if (feed.data === 'staff') return staff ? batch(staff.map((each) => ({ staff: each }))) : notHere
  if (feed.data === 'consents') {
    const consents = consentsOf(roster, tells)
    return consents ? batch(consents.map((consent) => ({ consent }))) : notHere
  }
  return batch([
    ...roster.pupils.map((pupil) => ({ pupil })),
    ...(leavers ?? []).map((leaver) => ({ leaver })),
    ...(staff ?? []).map((each) => ({ staff: each })),
  ])
}

/** One export feeds several kinds: each tells of its own rows. Who has no role may be anybody. */
function isAbout({ data }: Feed, { of, reason }: Rejected): boolean {
  if (data === 'staff') return of === 'staff' || reason === 'no-role'
  return data === 'roster' || of !== 'staff'
}

/** Marks and conduct of a year come in one export, and are sent in parts that Schoolgate takes. */
const MOST = { rows: 2_000_000, bytes: MAX_EXPORT_BYTES } as const

function readMarks({ source }: Feed, taken: Export): MarksRead | Refused {
  switch (source.kind) {
    case 'csv':
    case 'sims-csv':
      return taken.kind === 'bytes' ? readMarksCsv(taken.bytes, MOST) : notHere
    case 'wonde':
    case 'xporter': {
      const json = jsonOf(taken)
      if (!json.ok) return json
      if (source.kind === 'xporter') return readXporterMarks(json.value, MOST.rows)
      return holdsNothing(json.value) ? noMarks : readWondeMarks(json.value, MOST.rows)
    }
    default:
      return notHere
  }
}

/** Before the first register of a day Wonde answers a page without records. */
const holdsNothing = (value: unknown): boolean => {
  const pages = Array.isArray(value) ? recordsOf(value) : recordsOf([value])
  return pages.length > 0 && pages.every(({ data }) => Array.isArray(data) && data.length === 0)
}

const noMarks: MarksRead = {
  ok: true,
  marks: { marks: [], rejected: [], moreRejected: 0, unmarked: 0 },
}

function ofMarks({ scope, source }: Feed, read: MarksRead | Refused): FeedRead {
  if (!read.ok) return read
  const { marks, moreRejected } = read.marks
  const records = marks.map((mark) => ({ mark }))
  const rejected = read.marks.rejected.map(asRow)
  return {
    ok: true,
    batch: { about: aboutRows(source, scope), records, rejected, moreRejected, dropped: [] },
  }
}

function readConduct({ source, data }: Feed, taken: Export): ConductRead | Refused {
  const isCsv = source.kind === 'csv' || source.kind === 'sims-csv'
  if (isCsv && taken.kind === 'bytes') {
    const kind = data in KIND_OF ? Reflect.get(KIND_OF, data) : undefined
    return readConductCsv(taken.bytes, kind, MOST)
  }
  if (source.kind !== 'xporter' || data === 'detentions') return notHere
  const json = jsonOf(taken)
  return json.ok ? readXporterConduct(json.value, MOST.rows) : json
}

/** A file can hold all kinds of conduct; a feed carries one. */
function ofConduct(
  { scope, source }: Feed,
  read: ConductRead | Refused,
  kind: ConductKind,
): FeedRead {
  if (!read.ok) return read
  const { conduct, moreRejected } = read.conduct
  const rejected = read.conduct.rejected.map(asRow)
  const records = conduct.filter((each) => each.kind === kind).map((each) => ({ conduct: each }))
  return {
    ok: true,
    batch: { about: aboutRows(source, scope), records, rejected, moreRejected, dropped: [] },
  }
}

const asRow = (row: Omit<Rejected, 'subject'>): Rejected => ({ ...row, subject: 'row' })

const aboutRows = (source: Feed['source'], scope: Feed['scope']): Batch['about'] => ({
  source: source.kind === 'wonde' || source.kind === 'xporter' ? source.kind : 'csv',
  school: null,
  scope,
})
