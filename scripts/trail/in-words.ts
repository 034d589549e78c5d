import type { Found } from './main.ts'

/** A line for one organisation, for whoever runs the command. */
export function inWords({ name, organisation, fault, sealed, unsealed, anchoredAtMs }: Found) {
  const place = `${name} (${organisation})`
  if (fault) return `FAULT  ${place}: ${faults[fault.kind]} at entry ${fault.position}`
  const kept =
    anchoredAtMs === null
      ? 'its end was never kept elsewhere'
      : `its end was kept elsewhere at ${new Date(anchoredAtMs).toISOString()}`
  return `whole  ${place}: ${sealed} in the chain, ${unsealed} not chained yet, ${kept}`
}

const faults: Record<NonNullable<Found['fault']>['kind'], string> = {
  missing: 'an entry is missing',
  changed: 'an entry was changed after it was written',
  'end-differs': 'the end was written down differently',
  'end-cut': 'the end was cut off',
}
