import type { Id } from '#kernel'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import type { ConductChange, WholeConduct } from './conduct.ts'
import * as store from './conduct-store.ts'
import { monthOf } from './mark.ts'

export type MissingConduct = Pick<ConductChange, 'statements' | 'removed' | 'gone' | 'here'>

/**
 * What is known of the days that a source told whole, and is not among what it said. Opens only what it did
 * not say and only where the day decides: in its first and last month, and in those with a day that is unsure.
 */
export async function missingConduct(
  school: School,
  whole: WholeConduct,
  said: ReadonlySet<Fingerprint>,
): Promise<MissingConduct> {
  const span = { kind: whole.kind, first: monthOf(whole.from), last: monthOf(whole.to) }
  const unsaid: store.ListedConduct[] = []
  let listed = 0
  for (const month of await store.conductMonths(school, span)) {
    const ofMonth = await store.conductIn(school, whole.kind, month)
    listed += ofMonth.length
    for (const one of ofMonth) if (!said.has(one.sourceFingerprint)) unsaid.push(one)
  }
  const { gone, others } = await sorted(school, whole, unsaid)
  return {
    statements:
      gone.length === 0
        ? []
        : [store.spanUnmoved(school, span, listed), ...store.conductRemoved(school, gone)],
    removed: gone.length,
    gone: gone.map(({ id }) => id),
    here: listed - others,
  }
}

/** Those that go, and how many are of other days. */
async function sorted(
  school: School,
  { from, to, unsureDays }: WholeConduct,
  unsaid: readonly store.ListedConduct[],
): Promise<{ gone: store.ListedConduct[]; others: number }> {
  const looked = new Set([from, to, ...unsureDays].map(monthOf))
  const asked = unsaid.filter(({ month }) => looked.has(month)).map(({ id }) => id)
  const dayOf = await store.conductDays(school, asked)
  const isOther = (id: Id<'conduct'>) => {
    const day = dayOf.get(id)
    return day !== undefined && (day < from || day > to)
  }
  const within = unsaid.filter(({ id }) => !isOther(id))
  const gone = within.filter(({ id }) => !unsureDays.has(dayOf.get(id) ?? ''))
  return { gone, others: unsaid.length - within.length }
}
