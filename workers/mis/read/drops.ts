import type { Dropped } from '../records/roster.ts'
import { isRecord } from './json.ts'
import type { JsonRecord } from './json.ts'

/** Names come from the file, so how many are listed is limited. */
const MAX_DROPPED_NAMES = 200
/** How deep the names of what was dropped are told apart; what is deeper counts as its parent. */
const MAX_DROPPED_DEPTH = 4

export type Drops = Map<string, Dropped>

/** Counts every field of a record that holds something and is not among those used, by its path. */
export function countDrops(
  drops: Drops,
  record: JsonRecord,
  isUsed: (path: string) => 'used' | 'opened' | 'dropped',
  path = '',
  depth = 0,
): void {
  for (const [key, value] of Object.entries(record)) {
    if (value === null || value === '' || value === undefined) continue
    const place = path === '' ? key : `${path}.${key}`
    const use = isUsed(place)
    if (use === 'used') continue
    const inner = use === 'opened' && depth < MAX_DROPPED_DEPTH ? openedUp(value) : undefined
    if (inner) for (const each of inner) countDrops(drops, each, isUsed, place, depth + 1)
    else count(drops, place)
  }
}

/** The record or records inside a value, past the `{ data: … }` that Wonde wraps round them. */
function openedUp(value: unknown): JsonRecord[] | undefined {
  const inside = isRecord(value) && 'data' in value ? value['data'] : value
  if (Array.isArray(inside)) return inside.filter(isRecord)
  return isRecord(inside) ? [inside] : undefined
}

function count(drops: Drops, place: string): void {
  const name = place.slice(0, 80)
  const column = drops.has(name) || drops.size < MAX_DROPPED_NAMES ? name : 'other fields'
  const known = drops.get(column) ?? { column, count: 0, why: 'not-needed' as const }
  known.count++
  drops.set(column, known)
}
