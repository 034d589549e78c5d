import { log } from '#kernel'
import type { School } from '#shards'
import type { Carriers } from './carriers.ts'
import { LOOK_UP_AFTER_MS } from './deliver.ts'
import * as store from './store.ts'

/** Parcels looked up in one go. */
const LOOKED_UP_AT_ONCE = 50
/**
 * Look-ups that must agree that a provider never had a parcel, a quarter of a minute apart and each
 * after our own call was surely over, before it may be offered again.
 */
export const LOOK_UPS_NEEDED = 2
/** Nobody said in this time (the longest validity of a text, GSM 03.40 §9.2.3.12 as used in the UK). */
const GIVE_UP_AFTER_MS = 72 * 60 * 60 * 1000

/**
 * Asks providers about parcels whose answer was lost. One that has it tells its Message ID; one that
 * never had it leaves the parcel free to be offered; otherwise it stays uncertain, until a receipt
 * comes or three days have gone. Nothing is ever sent again on a guess.
 */
export async function resolve(school: School, carriers: Carriers): Promise<number> {
  const due = await store.uncertain(school, LOOKED_UP_AT_ONCE)
  for (const parcel of due) {
    const provider = parcel.provider ? carriers.find(parcel.provider) : undefined
    const address = { shard: school.shard, school: school.id, parcel: parcel.id }
    const looked = provider
      ? await provider.lookUp(await carriers.references.make(address))
      : ({ found: 'unknown' } as const)
    await school.write([store.lookedUp(school, parcel.id, changeFor(school, parcel, looked))])
    log('parcel.looked-up', { parcel: parcel.id, found: looked.found })
  }
  return due.length
}

type Looked = { found: 'there'; providerMessageId: string; state: store.Parcel['state'] } | { found: 'never-had-it' } | { found: 'unknown' }
type Change = Parameters<typeof store.lookedUp>[2]

function changeFor(school: School, parcel: store.Parcel, looked: Looked): Change {
  const nowMs = school.clock.now()
  if (looked.found === 'there') {
    return { state: looked.state, providerMessageId: looked.providerMessageId, code: null }
  }
  if (looked.found === 'never-had-it') {
    const lookUps = parcel.lookUps + 1
    if (lookUps < LOOK_UPS_NEEDED) return { lookUps, notBeforeMs: nowMs + LOOK_UP_AFTER_MS }
    return { state: 'created', lookUps: 0, notBeforeMs: nowMs, code: null }
  }
  if (nowMs - parcel.createdAtMs > GIVE_UP_AFTER_MS) return { state: 'failed-technical', code: 'no-answer' }
  return { notBeforeMs: nowMs + LOOK_UP_AFTER_MS }
}
