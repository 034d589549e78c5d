import type { Id, ImportId } from '#kernel'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import type { ImportRecord } from './import.ts'
import { sealJson } from './objects.ts'
import { type Staged, toldOf } from './staged.ts'
import * as store from './store.ts'
import { workOut, type Worked } from './work-out.ts'

type Previewing = {
  staged: Staged
  record: ImportRecord
  mappingId?: Id<'mapping'> | null
  fileFingerprint?: Fingerprint
}

/**
 * Compares what was read with the roll as it stands, and keeps what was read and what was found for a
 * person to look at. Nothing on the roll changes. False where the import was closed meanwhile.
 */
export async function preview(
  school: School,
  files: R2Bucket,
  id: ImportId,
  previewing: Previewing,
): Promise<boolean> {
  const comparedAfter = await store.lastPosition(school)
  const worked = await workOut(school, id, previewing.staged)
  await sealJson(school, files, id, 'roster', previewing.staged)
  return keepPreview(school, files, id, { ...previewing, worked, comparedAfter })
}

/** Keeps what a comparison found, where what was read is kept already. */
export async function keepPreview(
  school: School,
  files: R2Bucket,
  id: ImportId,
  { worked, staged, comparedAfter, record, ...told }: Previewing & Found,
): Promise<boolean> {
  await sealJson(school, files, id, 'report', await worked.report())
  const { counts, heldBecause } = worked
  return school.write(
    await store.previewed(school, id, {
      ...told,
      counts,
      comparedAfter,
      heldBecause,
      record: { ...record, school: toldOf(staged).school },
    }),
  )
}

type Found = { worked: Worked; comparedAfter: number }
