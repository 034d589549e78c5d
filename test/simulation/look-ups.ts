import { readFileSync } from 'node:fs'
import type { System } from '../journeys/running.ts'

/** How much the runtime has printed so far. */
export const printedBy = ({ logFile }: System): number => readFileSync(logFile).length

/**
 * What it has said since then of parcels that were looked up: how many because their answer was lost, and
 * what look-ups found of those; and how many because no receipt came.
 */
export function lookUpsIn({ logFile }: System, since: number) {
  const looked = readFileSync(logFile)
    .subarray(since)
    .toString()
    .split('\n')
    .filter((line) => line.includes('parcel.looked-up'))
    .flatMap((line) => {
      const parcel = /"parcel":"([^"]+)"/.exec(line)?.[1]
      const found = /"found":"([^"]+)"/.exec(line)?.[1]
      const was = /"was":"([^"]+)"/.exec(line)?.[1]
      return parcel && found ? [{ parcel, found, was }] : []
    })
  const lost = looked.filter(({ was }) => was === 'uncertain')
  const distinct = (lines: typeof looked) => new Set(lines.map(({ parcel }) => parcel)).size
  return {
    uncertain: distinct(lost),
    there: distinct(lost.filter(({ found }) => found === 'there')),
    neverHad: distinct(lost.filter(({ found }) => found === 'never-had-it')),
    silent: distinct(looked.filter(({ was }) => was === 'sent')),
  }
}
