import { inBatches, newId, type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import type { ConductChange, ConductRecord, PupilConduct, WholeConduct } from './conduct.ts'
import * as store from './conduct-store.ts'
import { missingConduct } from './missing-conduct.ts'
import { monthOf } from './mark.ts'
import { MOST_CHARACTERS, roomFor } from './room.ts'

/** Fingerprints made side by side, and rows looked up with one statement. */
const AT_ONCE = 2_000

/**
 * What bringing in what pupils did well or badly comes to, with the statements for the commit of its import:
 * none where it is all known. Something with the source's own id is found again by it and changed; without
 * one, by all that it says. What is not among them stays, unless the source told the days whole: then what
 * it does not say any more goes, so that what a school laid to a child by mistake does not stay with them. The
 * commit fails where another changed the same meanwhile. Refused is what one commit cannot hold.
 */
export async function applyConduct(
  school: School,
  conduct: readonly PupilConduct[],
  whole: WholeConduct | null = null,
  most = MOST_CHARACTERS,
): Promise<ConductChange | Refusal<'too-much-at-once'>> {
  const said = new Set<Fingerprint>()
  const isTooMuch = roomFor(most)
  const change: ConductChange = { statements: [], written: 0, removed: 0, gone: [], here: 0 }
  for (const batch of inBatches(numbered(conduct), AT_ONCE)) {
    const keyed = await keyedAll(school, batch)
    for (const { sourceFingerprint } of keyed) said.add(sourceFingerprint)
    const { statements, written } = await applyBatch(school, keyed)
    if (isTooMuch(statements)) return refuse('too-much-at-once')
    change.statements.push(...statements)
    change.written += written
  }
  if (!whole) return change
  const missing = await missingConduct(school, whole, said)
  return { ...change, ...missing, statements: [...missing.statements, ...change.statements] }
}

type Numbered = { one: PupilConduct; source: string }

/** Two of one pupil, day and kind that say the same are two: the first and the second such. */
function numbered(conduct: readonly PupilConduct[]): Numbered[] {
  const seen = new Map<string, number>()
  const byReference = new Map<string, Numbered>()
  const others: Numbered[] = []
  for (const one of conduct) {
    const place = `${one.kind}|${one.pupilId}`
    if (one.reference !== null) {
      // The last word of a file that says one thing twice.
      const source = `${place}|id|${one.reference}`
      byReference.set(source, { one, source })
      continue
    }
    const says = `${place}|says|${JSON.stringify(recordOf(one))}`
    const time = (seen.get(says) ?? 0) + 1
    seen.set(says, time)
    others.push({ one, source: `${says}|${time}` })
  }
  return [...byReference.values(), ...others]
}

type Keyed = { one: PupilConduct; sourceFingerprint: Fingerprint; digest: Fingerprint }

const keyedAll = (school: School, batch: readonly Numbered[]): Promise<Keyed[]> =>
  Promise.all(
    batch.map(async ({ one, source }) => ({
      one,
      sourceFingerprint: await school.fingerprint('conduct', source),
      digest: await school.fingerprint('digest', JSON.stringify(recordOf(one))),
    })),
  )

async function applyBatch(school: School, keyed: readonly Keyed[]) {
  const sources = keyed.map(({ sourceFingerprint }) => sourceFingerprint)
  const known = await store.knownConduct(school, sources)
  const bySource = new Map<Fingerprint, store.KnownConduct>(
    known.map((one) => [one.sourceFingerprint, one]),
  )
  const nowMs = school.clock.now()
  const written = keyed.flatMap(({ one, sourceFingerprint, digest }) => {
    const found = bySource.get(sourceFingerprint)
    if (found?.digest === digest) return []
    const id = found?.id ?? newId('conduct', nowMs)
    const { pupilId, kind, date } = one
    const record = recordOf(one)
    return [{ id, pupilId, kind, month: monthOf(date), record, sourceFingerprint, digest }]
  })
  if (written.length === 0) return { statements: [], written: 0 }
  return {
    statements: [
      store.conductUnmoved(school, sources, known.length),
      ...(await store.conductWritten(school, written)),
    ],
    written: written.length,
  }
}

const recordOf = ({ date, type, points, description }: PupilConduct): ConductRecord => ({
  date,
  type,
  points,
  description,
})
