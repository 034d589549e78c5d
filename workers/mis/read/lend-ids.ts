import type { RawPupil } from './cell.ts'

/**
 * Where no pupil of a file has an admission number, the system's own ids serve as such, as a column of ids
 * in a CSV does: otherwise a pupil without UPN and birthday would be new every night. Never for some only:
 * an id of one child may be the admission number of another.
 */
export function lendIds(raws: readonly RawPupil[]): void {
  if (raws.some(({ cells }) => cells['admission-number'])) return
  for (const { cells } of raws) if (cells.reference) cells['admission-number'] = cells.reference
}
