import {
  type AttendanceCode,
  type Day,
  type PupilId,
  type Refusal,
  refuse,
  type UserId,
} from '#kernel'
import * as audit from '#audit'
import type { School, Write } from '#shards'
import { type MarkAt, monthOf, slotOf } from './mark.ts'
import { codeOf, type PageRecord } from './register-page.ts'
import * as store from './store.ts'

/** A code that a person decides on, with why, and in whose name it stands (PRODUCT 10.1). */
export type Amending = {
  pupilId: PupilId
  date: Day
  at: MarkAt
  code: AttendanceCode
  reason: string
  by: { id: UserId; name: string; title: string }
}

export type AmendRefusal = 'no-such-mark' | 'has-it-already' | 'changed-meanwhile'

/**
 * Gives a mark another code. The original stays in the register with the reason and the person. `also` makes what is
 * to be in the same commit, such as the way back to the school's system, of the code that stood before.
 */
export async function amend(
  school: School,
  amending: Amending,
  also: (original: AttendanceCode) => Promise<Write[]>,
): Promise<Refusal<AmendRefusal> | undefined> {
  const { pupilId, date, at, code } = amending
  const month = monthOf(date)
  const page = (await store.pagesOf(school, month, [pupilId])).get(pupilId)
  const slot = slotOf(date, at)
  const kept = page?.marks[slot]
  if (!page || kept === undefined) return refuse('no-such-mark')
  const original = codeOf(kept)
  if (original === code) return refuse('has-it-already', 'code')

  const version = page.version + 1
  const next = amended(page, amending, { slot, original, atMs: school.clock.now() })
  const done = await school.commit(
    store.pagesUnmoved(school, month, [pupilId], [page]),
    await store.pagesWritten(school, [{ id: page.id, pupilId, month, version, ...next }]),
    await also(original),
    audit.entry(school, 'mark.amended', pupilId, { date }),
  )
  return done ? undefined : refuse('changed-meanwhile')
}

const amended = (
  { marks, amendments }: PageRecord,
  { code, reason, by }: Amending,
  { slot, original, atMs }: { slot: string; original: AttendanceCode; atMs: number },
): PageRecord => ({
  marks: { ...marks, [slot]: code },
  amendments: [
    ...amendments,
    { slot, original, code, reason, atMs, by: { kind: 'person', ...by } },
  ],
})
