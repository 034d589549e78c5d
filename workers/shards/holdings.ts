import { placements } from './directory-tables.ts'
import type { Holding } from './holding.ts'
import { expectations } from './tables.ts'

export const expectationsHolding = {
  table: expectations,
  about: 'nobody',
  purpose: 'Makes a change fail if what it relied on has changed',
  basis: 'public-task',
  columns: { held: 'operational' },
  keep: { until: 'made', days: 0, because: 'a trigger empties it in the same statement' },
  destroy: 'rows',
} satisfies Holding<typeof expectations>

export const placementsHolding = {
  table: placements,
  about: 'school',
  purpose: 'Says which database holds a school',
  basis: 'contract',
  columns: { organisationId: 'identifier', shard: 'operational' },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof placements>
