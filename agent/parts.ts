import { Temporal } from 'temporal-polyfill'
import type { Days, PayloadRecord } from '../workers/mis/push/payload.ts'
import { MAX_PUSHED } from '../workers/mis/push/read-push.ts'
import { MAX_PLAIN_BYTES, type PushKind } from '../workers/mis/push/wire.ts'

export type Part = {
  readonly records: readonly PayloadRecord[]
  /** Those that it tells whole, where there are several parts: they join without a gap. */
  readonly days?: Days
}

export type Parts =
  | { readonly ok: true; readonly parts: readonly Part[] }
  /** `detail` is the most that goes. */
  | { readonly ok: false; readonly problem: 'too-many-records' | 'export-too-big'; detail: string }

type Most = { readonly records: number; readonly bytes: number }

/** Room for the opening and what was rejected. */
const BESIDES_BYTES = 2_000_000

/**
 * Records as the pushes that carry them: one where Schoolgate takes them all at once. Else rows that have a day
 * go a month at a time, and a month that is still too much in several runs of days. No two parts hold the same
 * day, and each day from the first to the last is in one, also one on which nothing happened: what was there before
 * and was deleted is told by it. People are never divided: who is in another part would be missing.
 */
export function partsOf(
  kind: PushKind,
  records: readonly PayloadRecord[],
  most: Most = { records: MAX_PUSHED[kind], bytes: MAX_PLAIN_BYTES - BESIDES_BYTES },
): Parts {
  const whole = pileOf(records)
  if (fits(whole, most)) return { ok: true, parts: [{ records }] }
  if (!records.every((record) => dayOf(record) !== undefined)) return tooMuch(whole, most)
  const piles: Pile[] = []
  for (const month of pilesBy(records, (day) => day.slice(0, 'YYYY-MM'.length))) {
    if (fits(month, most)) {
      piles.push(month)
      continue
    }
    const runs = runsOf(
      pilesBy(month.records, (day) => day),
      most,
    )
    const beyond = runs.find((run) => !fits(run, most))
    if (beyond) return tooMuch(beyond, most)
    piles.push(...runs)
  }
  return { ok: true, parts: joined(piles) }
}

type Pile = { readonly records: readonly PayloadRecord[]; readonly bytes: number }

const pileOf = (records: readonly PayloadRecord[]): Pile => ({
  records,
  bytes: records.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)) + 1, 0),
})

const fits = ({ records, bytes }: Pile, most: Most): boolean =>
  records.length <= most.records && bytes <= most.bytes

const tooMuch = ({ records }: Pile, most: Most): Parts =>
  records.length > most.records
    ? { ok: false, problem: 'too-many-records', detail: most.records.toLocaleString('en-GB') }
    : { ok: false, problem: 'export-too-big', detail: `${MAX_PLAIN_BYTES / 1_000_000} MB` }

/** ISO; undefined for people, who have none. */
const dayOf = (record: PayloadRecord): string | undefined =>
  'mark' in record ? record.mark.date : 'conduct' in record ? record.conduct.date : undefined

/** In the order of the days. */
function pilesBy(records: readonly PayloadRecord[], placeOf: (day: string) => string): Pile[] {
  const by = Map.groupBy(records, (record) => placeOf(dayOf(record) ?? ''))
  return [...by]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, together]) => pileOf(together))
}

/** Each part goes on until the day before the next begins. */
function joined(piles: readonly Pile[]): Part[] {
  const spans = piles.map(({ records }) => records.map((record) => dayOf(record) ?? '').sort())
  return piles.map(({ records }, at) => {
    const [from = '', last = ''] = [spans[at]?.[0], spans[at]?.at(-1)]
    const next = spans[at + 1]?.[0]
    return { records, days: { from, to: next === undefined ? last : dayBefore(next) } }
  })
}

const dayBefore = (day: string): string =>
  Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/** As many days together as go. */
function runsOf(days: readonly Pile[], most: Most): Pile[] {
  const runs: Pile[] = []
  for (const day of days) {
    const last = runs.at(-1)
    const both = last && {
      records: [...last.records, ...day.records],
      bytes: last.bytes + day.bytes,
    }
    if (both && fits(both, most)) runs[runs.length - 1] = both
    else runs.push(day)
  }
  return runs
}
