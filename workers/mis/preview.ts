import type { Id, ImportId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import { compare } from './compare.ts'
import type { ImportRecord } from './import.ts'
import { sealJson } from './objects.ts'
import type { Plan } from './plan.ts'
import { makeReport } from './report.ts'
import * as store from './store.ts'
import type { Reading } from './tells.ts'

type Previewing = { reading: Reading; mappingId: Id<'mapping'> | null; record: ImportRecord }

/**
 * Compares what was read with the roll as it stands, and keeps what was read and what was found for a
 * person to look at. Nothing on the roll changes. False where the import was closed meanwhile.
 */
export async function preview(
  school: School,
  files: R2Bucket,
  id: ImportId,
  { reading, mappingId, record }: Previewing,
): Promise<boolean> {
  const comparedAfter = await store.lastPosition(school)
  const plan = await compare(school, await people.snapshot(school), reading)
  await sealJson(school, files, id, 'roster', reading)
  return keepPreview(school, files, id, { plan, comparedAfter, reading, mappingId, record })
}

/** Keeps what a comparison found, where what was read is kept already. */
export async function keepPreview(
  school: School,
  files: R2Bucket,
  id: ImportId,
  {
    plan,
    comparedAfter,
    reading,
    mappingId,
    record,
  }: Previewing & { plan: Plan; comparedAfter: number },
): Promise<boolean> {
  await sealJson(school, files, id, 'report', await makeReport(school, plan, reading))
  const { counts, heldBecause } = plan
  const told = { ...record, school: reading.roster.school }
  return school.write(
    await store.previewed(school, id, {
      counts,
      comparedAfter,
      heldBecause,
      mappingId,
      record: told,
    }),
  )
}
