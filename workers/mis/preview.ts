import { type Id, type ImportId, newId } from '#kernel'
import type { School, Write } from '#shards'
import type { Fingerprint } from '#vault'
import type { Import, ImportAction } from './import.ts'
import { destroyFindings, sealJson } from './files/objects.ts'
import type { Staged } from './files/staged.ts'
import * as store from './store.ts'
import { workOut, type Worked } from './compare/work-out.ts'

type Previewing = {
  staged: Staged
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
  imported: Pick<Import, 'id' | 'takenAtMs' | 'record'>,
  previewing: Previewing,
): Promise<boolean> {
  const comparedAfter = await store.lastPosition(school)
  const worked = await workOut(school, imported, previewing.staged)
  return keepPreview(school, files, imported.id, { ...previewing, worked, comparedAfter })
}

/**
 * Keeps what was read and what a comparison found, under a name of its own: whose findings count is said in the
 * commit, and whatever then counts no more is destroyed.
 */
export async function keepPreview(
  school: School,
  files: R2Bucket,
  id: ImportId,
  { worked, staged, comparedAfter, from = 'preview', also = [], ...told }: Previewing & Found,
): Promise<boolean> {
  const findings = newId('findings', school.clock.now())
  await sealJson(school, files, { id, findings }, 'roster', staged)
  await sealJson(school, files, { id, findings }, 'report', await worked.report())
  const before = await store.find(school, id)
  const { counts, planFingerprint, heldBecause } = worked
  const isKept = await school.write(
    await store.previewed(school, id, from, {
      ...told,
      findings,
      counts,
      comparedAfter,
      planFingerprint,
      heldBecause,
      record: worked.record,
    }),
    ...also,
  )
  const useless = isKept ? before?.findings : findings
  if (useless) await destroyFindings(school, files, { id, findings: useless })
  return isKept
}

/**
 * `from`: what its import must still be open for; a push is opened once, and then a person has it. `also`: what is
 * written with it, or not at all.
 */
type Found = {
  worked: Worked
  comparedAfter: number
  from?: Extract<ImportAction, 'preview' | 'takeIn'>
  also?: Write[]
}
