import { readFileSync } from 'node:fs'
import type { System } from '../journeys/running.ts'

/** How much the runtime has printed so far. */
export const printedBy = ({ logFile }: System): number => readFileSync(logFile).length

/** What it has said since then of parcels whose answer was lost: how many, and what look-ups found. */
export function lookUpsIn({ logFile }: System, since: number) {
  const looked = readFileSync(logFile)
    .subarray(since)
    .toString()
    .split('\n')
    .filter((line) => line.includes('parcel.looked-up'))
    .flatMap((line) => {
      const parcel = /"parcel":"([^"]+)"/.exec(line)?.[1]
      const found = /"found":"([^"]+)"/.exec(line)?.[1]
      return parcel && found ? [{ parcel, found }] : []
    })
  const distinct = (lines: typeof looked) => new Set(lines.map(({ parcel }) => parcel)).size
  return {
    uncertain: distinct(looked),
    there: distinct(looked.filter(({ found }) => found === 'there')),
    neverHad: distinct(looked.filter(({ found }) => found === 'never-had-it')),
  }
}
