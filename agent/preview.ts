import type { PayloadRecord } from '../workers/mis/push/payload.ts'
import type { Feed } from './config.ts'
import type { Prepared } from './prepare.ts'

/** Records and rows shown by `preview`, of each kind. */
const SHOWN = 5
const SHOWN_REJECTED = 50

/**
 * What a push of this feed would send, as lines for a terminal: counts, what is kept and what is left out, and
 * the first rows. `withPeople` is false where somebody sends the output to a file: then nobody is in it.
 */
export function previewLines(feed: Feed, prepared: Prepared, withPeople: boolean): string[] {
  const { kept, parts, takenAtMs } = prepared
  const { about, records, dropped } = kept.batch
  return [
    `${feed.name}: ${feed.data}, ${about.scope}, from ${feed.source.kind}, export of ${new Date(takenAtMs).toISOString()}`,
    ...countLines(records),
    ...(parts.length > 1 ? [`Would go in ${parts.length} pushes, by month.`] : []),
    'Would be sent:',
    ...[...kept.kept].map(([field, count]) => `  ${field}  ${count}`),
    'Left out, and not sent:',
    ...(dropped.length === 0 ? ['  nothing'] : []),
    ...dropped.map(({ column, count, why }) => `  ${column}  ${count}  ${why.replace('-', ' ')}`),
    ...rejectedLines(prepared, withPeople),
    ...(withPeople ? firstLines(records) : ['First rows are shown on a terminal only.']),
    '',
  ]
}

const kindOf = (record: PayloadRecord): string => Object.keys(record)[0] ?? ''

function countLines(records: readonly PayloadRecord[]): string[] {
  const counts = new Map<string, number>()
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count)
  for (const record of records) {
    add(kindOf(record), 1)
    if ('pupil' in record) add('contact', record.pupil.contacts.length)
  }
  if (counts.size === 0) return ['No records.']
  return [[...counts].map(([name, count]) => `${name} ${count}`).join(', ')]
}

function rejectedLines({ kept }: Prepared, withPeople: boolean): string[] {
  const { rejected, moreRejected } = kept.batch
  if (rejected.length === 0) return []
  const shown = rejected.slice(0, SHOWN_REJECTED)
  const more = rejected.length + moreRejected - shown.length
  return [
    'Not taken; Schoolgate is told where and why, and not what it says:',
    ...shown.map(
      (row) =>
        `  line ${row.line}, ${row.field}: ${row.reason.replaceAll('-', ' ')}` +
        (withPeople && row.shown !== undefined ? ` (${row.shown})` : ''),
    ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

/** The first records of each kind, just as they would be sent. */
function firstLines(records: readonly PayloadRecord[]): string[] {
  const shown = new Map<string, number>()
  const lines: string[] = []
  for (const record of records) {
    const count = shown.get(kindOf(record)) ?? 0
    if (count === SHOWN) continue
    shown.set(kindOf(record), count + 1)
    lines.push(`  ${printable(JSON.stringify(record))}`)
  }
  return lines.length === 0 ? [] : ['The first of them, as they would be sent:', ...lines]
}

/** A name with control characters in it could rewrite the terminal it is shown on. */
const printable = (text: string): string => text.replace(/[\u0000-\u001F\u007F-\u009F]/g, '?')
