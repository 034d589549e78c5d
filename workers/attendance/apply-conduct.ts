import { type ImportId, inBatches, newId } from '#kernel'
import type { School, Statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { ConductRecord, PupilConduct } from './conduct.ts'
import { monthOf } from './mark.ts'
import * as store from './store.ts'

/** Fingerprints made side by side, and rows looked up with one statement. */
const AT_ONCE = 2_000

/**
 * The statements that bring in what pupils did well or badly, for the commit of their import: none where it
 * is all known. Something with the source's own id is found again by it and changed; without one, by all that it
 * says. What is not among them stays.
 */
export async function applyConduct(
  school: School,
  _importId: ImportId,
  conduct: readonly PupilConduct[],
): Promise<Statement[]> {
  const statements: Statement[] = []
  for (const batch of inBatches(numbered(conduct), AT_ONCE)) {
    statements.push(...(await applyBatch(school, batch)))
  }
  return statements
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

async function applyBatch(school: School, batch: readonly Numbered[]): Promise<Statement[]> {
  const keyed = await Promise.all(
    batch.map(async ({ one, source }) => ({
      one,
      sourceFingerprint: await school.fingerprint('conduct', source),
      digest: await school.fingerprint('digest', JSON.stringify(recordOf(one))),
    })),
  )
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
  if (written.length === 0) return []
  return [
    store.conductUnmoved(school, sources, known.length),
    ...(await store.conductWritten(school, written)),
  ]
}

const recordOf = ({ date, type, points, description }: PupilConduct): ConductRecord => ({
  date,
  type,
  points,
  description,
})
