import { atMost, log } from '#kernel'
import type { School } from '#shards'
import type { Carriers } from './carriers.ts'
import { LOOK_UP_AFTER_MS, RECEIPT_PATIENCE_MS } from './outcome.ts'
import { isFinal } from './parcel.ts'
import type { Parcel } from './parcel-store.ts'
import { CONNECTIONS, type LookedUp } from './provider.ts'
import { lookedUp, type Moved, silent, uncertain } from './report-store.ts'

/** Parcels looked up in one go: those whose answer was lost, and those of which no receipt came. */
const LOOKED_UP_AT_ONCE = 50
const SILENT_AT_ONCE = 100
/**
 * Look-ups that must agree that a provider never had a parcel, a quarter of a minute apart and each
 * after our own call was surely over, before it may be offered again.
 */
export const LOOK_UPS_NEEDED = 2
/** Nobody said in this time (the longest validity of a text, GSM 03.40 §9.2.3.12 as used in the UK). */
const GIVE_UP_AFTER_MS = 72 * 60 * 60 * 1000

/**
 * Asks providers about parcels whose answer or receipt was lost. Of those whose answer was lost, one that has it tells its Message ID; one that
 * never had it leaves the parcel free to be offered, unless it was withheld; otherwise it stays
 * uncertain, until a receipt comes or three days have gone. One of which no receipt came is asked about
 * ever more rarely, and after three days stays as sent. Nothing is ever sent again on a guess. Returns what became of those that were asked about.
 */
export async function resolve(school: School, carriers: Carriers): Promise<Moved[]> {
  const due = [
    ...(await uncertain(school, LOOKED_UP_AT_ONCE)),
    ...(await silent(school, SILENT_AT_ONCE)),
  ]
  return atMost(CONNECTIONS, due, async (parcel) => {
    const looked = await lookUp(school, carriers, parcel)
    const changeFor = parcel.state === 'sent' ? changeForSilent : changeForUncertain
    const change = changeFor(school, parcel, looked)
    await school.write([lookedUp(school, parcel, change)])
    log('parcel.looked-up', { parcel: parcel.id, was: parcel.state, found: looked.found })
    const { id, fingerprint, state, code } = { ...parcel, ...change }
    return { id, fingerprint, state, code }
  })
}

async function lookUp(school: School, carriers: Carriers, parcel: Parcel): Promise<LookedUp> {
  const provider = parcel.provider ? carriers.find(parcel.provider) : undefined
  if (!provider) return { found: 'unknown' }
  const address = { shard: school.shard, school: school.id, parcel: parcel.id }
  return provider.lookUp(await carriers.references.make(address))
}

type Change = Parameters<typeof lookedUp>[2]

function changeForUncertain(school: School, parcel: Parcel, looked: LookedUp): Change {
  const nowMs = school.clock.now()
  if (looked.found === 'there') {
    const { state, providerMessageId } = looked
    return { state, providerMessageId, code: null, notBeforeMs: nowMs + RECEIPT_PATIENCE_MS }
  }
  if (looked.found === 'never-had-it') return neverHadIt(parcel, nowMs)
  if (nowMs - parcel.createdAtMs > GIVE_UP_AFTER_MS)
    return { state: 'failed-technical', code: 'no-answer' }
  return { notBeforeMs: nowMs + LOOK_UP_AFTER_MS }
}

/** Asked again when it is twice as old. A carrier that denies what it took once is not believed. */
function changeForSilent(school: School, parcel: Parcel, looked: LookedUp): Change {
  if (looked.found === 'there' && isFinal(looked.state)) return { state: looked.state, code: null }
  const nowMs = school.clock.now()
  const ageMs = nowMs - parcel.createdAtMs
  return {
    notBeforeMs: ageMs > GIVE_UP_AFTER_MS ? 0 : nowMs + Math.max(ageMs, RECEIPT_PATIENCE_MS),
  }
}

function neverHadIt({ lookUps, withheldBecause }: Parcel, nowMs: number): Change {
  if (withheldBecause) return { state: 'cancelled', code: withheldBecause }
  if (lookUps + 1 < LOOK_UPS_NEEDED) {
    return { lookUps: lookUps + 1, notBeforeMs: nowMs + LOOK_UP_AFTER_MS }
  }
  return { state: 'created', lookUps: 0, notBeforeMs: nowMs, code: null }
}
