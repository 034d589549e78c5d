import * as audit from '#audit'
import type { Filter, TrailEntry } from '#audit'
import type { Directory, School } from '#shards'
import { CSV_MARK, csvLines } from '../../csv-text.ts'
import { sentenceFor } from '../../words/trail.ts'
import { type Who, whoDid } from './who.ts'

/** Lines that one file holds: more than a spreadsheet is pleasant with, and half a minute to make. */
export const MOST_EXPORTED = 100_000

/** Entries read, named and handed on at a time. */
const BATCH = 1_000

const HEAD = [
  'When (UTC)',
  'Who',
  'Who (id)',
  'Level',
  'Visit of support',
  'What',
  'Action',
  'To what (id)',
  'From where',
  'Details',
  'Entry',
  'Place in the chain',
  'Digest',
]

export type Exported = {
  filter: Filter
  /** Only entries before this one: those that come meanwhile are not in it. */
  before: string
  /** There are more than fit. */
  isCut: boolean
}

/**
 * The trail as a CSV, newest first, written while it is read. Users are named, since it is about what
 * they did; pupils and contacts are ids, so that the file can leave the school's area.
 */
export function trailCsv(
  directory: Directory,
  school: School,
  { filter, before, isCut }: Exported,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let last = before
  let left = MOST_EXPORTED
  return new ReadableStream({
    start: (to) => to.enqueue(encoder.encode(CSV_MARK + csvLines([HEAD]))),
    pull: async (to) => {
      const limit = Math.min(BATCH, left)
      const entries =
        limit === 0 ? [] : await audit.list(school, { ...filter, limit, before: last })
      left -= entries.length
      last = entries.at(-1)?.id ?? last
      if (entries.length > 0) {
        const who = await whoDid(directory, school, entries)
        const rows = entries.map((entry) => rowOf(entry, who(entry)))
        to.enqueue(encoder.encode(csvLines(rows)))
      }
      if (entries.length > 0 && entries.length === limit && left > 0) return
      if (isCut) to.enqueue(encoder.encode(csvLines([[CUT]])))
      to.close()
    },
  })
}

const CUT = `These are the newest ${MOST_EXPORTED.toLocaleString('en-GB')} entries. There are earlier ones: choose fewer days to have them.`

function rowOf(entry: TrailEntry, { name }: Who): string[] {
  const { level, access, ...facts } = entry.facts
  return [
    new Date(entry.atMs).toISOString(),
    name,
    entry.actorId,
    String(level ?? ''),
    String(access ?? ''),
    sentenceFor(entry.action),
    entry.action,
    entry.subject,
    entry.fromWhere ?? '',
    Object.keys(facts).length === 0 ? '' : JSON.stringify(facts),
    entry.id,
    entry.position === null ? '' : String(entry.position),
    entry.digest ?? '',
  ]
}
