import { createHash } from 'node:crypto'
import type { Snapshot } from '#people'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'

/**
 * A keyed digest of what an import would write: who comes, who goes, and what each becomes. Somebody looked at
 * just this; counts alone are the same where another pupil would leave in place of the one they saw. Ids that
 * are made anew at each comparison count by the order in which they come.
 */
export function fingerprintOf(
  school: School,
  planned: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): Promise<Fingerprint> {
  const hash = createHash('sha256')
  const numbers = new Map<string, number>()
  const renamed = (whole: string, id: string): string => {
    if (known.has(id)) return whole
    const number = numbers.get(id) ?? numbers.size
    numbers.set(id, number)
    return `"new ${number}"`
  }
  // Piece by piece: the whole of a large school as one text would be megabytes.
  for (const piece of piecesOf(planned)) hash.update(piece.replace(ID, renamed)).update('\n')
  return school.fingerprint('digest', hash.digest('hex'))
}

/** All that have an id before it is planned; whoever is not among them comes by the plan. */
export function idsIn(
  { pupils, contacts, relationships, points, groups, restrictions }: Snapshot,
  staff: readonly string[] = [],
): Set<string> {
  const all = [pupils, contacts, relationships, points, groups, restrictions]
  return new Set([...staff, ...all.flatMap((rows) => rows.map(({ id }) => id))])
}

function* piecesOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    yield String(value.length)
    for (const each of value) yield JSON.stringify(each, unlessPassing)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      if (PASSING.has(key)) continue
      yield key
      yield* piecesOf(each)
    }
  } else {
    yield JSON.stringify(value) ?? ''
  }
}

const unlessPassing = (key: string, value: unknown): unknown =>
  PASSING.has(key) ? undefined : value

/** What differs each time, or counts those of whom nothing changes: nobody looked at that. */
const PASSING: ReadonlySet<string> = new Set([
  'digest',
  'startsAtMs',
  'said',
  'here',
  'unchanged',
  'knownIds',
])

/** As `newId` makes them. */
const ID = /"([a-z]{3}_[0-9a-hjkmnp-tv-z]{26})"/g
