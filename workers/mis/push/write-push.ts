import * as audit from '#audit'
import { type ImportId, newId } from '#kernel'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import { factsOf } from '../apply.ts'
import { can, changesNothing, type Import } from '../import.ts'
import {
  destroyFindings,
  destroyObjects,
  type FindingsId,
  pushAt,
  sealJson,
} from '../files/objects.ts'
import { notOvertaken, overtakenBy } from '../compare/overtaken.ts'
import { keepPreview } from '../preview.ts'
import { forgetReplaced, heldBefore, replaceWrites } from './replace-held.ts'
import * as pushStore from './store.ts'
import type { Staged } from '../files/staged.ts'
import * as store from '../store.ts'
import { type Worked, workOut } from '../compare/work-out.ts'
import { Unusable } from './problem.ts'

/** Another import may be applied meanwhile; after this many rounds the queue tries again. */
const MAX_ROUNDS = 3

/**
 * Compares what was read of a push, and applies it in one commit, or holds it. Throws `Unusable` where it comes to
 * nothing, and where others were quicker each time.
 */
export async function writePush(...taking: Parameters<typeof takeIn>): Promise<true> {
  for (let round = 0; round < MAX_ROUNDS; round++) if (await takeIn(...taking)) return true
  throw new Error('Other imports were applied while this one was compared')
}

type Taking = { staged: Staged; digest: Fingerprint }

/** False where another import came between. */
async function takeIn(
  school: School,
  files: R2Bucket,
  imported: Import,
  { staged, digest }: Taking,
): Promise<boolean> {
  if (await overtakenBy(school, imported)) throw new Unusable('overtaken')
  const comparedAfter = await store.lastPosition(school)
  const worked = await workOut(school, imported, staged)
  const older = await heldBefore(school, imported, digest)
  const found = { worked, comparedAfter, digest, older }
  return worked.heldBecause === null
    ? applyNow(school, files, imported, found)
    : hold(school, files, imported, { ...found, staged })
}

type Found = { worked: Worked; comparedAfter: number; digest: Fingerprint; older: Import[] }

async function hold(
  school: School,
  files: R2Bucket,
  imported: Import,
  { older, digest: fileFingerprint, ...found }: Found & { staged: Staged },
): Promise<boolean> {
  const { id } = imported
  const also = await replaceWrites(school, older, imported)
  const keeping = { ...found, fileFingerprint, from: 'takeIn' as const, also }
  const isKept = await keepPreview(school, files, id, keeping)
  if (!isKept) return !(await isOpen(school, id))
  await files.delete(pushAt(school, id))
  await forgetReplaced(school, files, older)
  return true
}

async function applyNow(
  school: School,
  files: R2Bucket,
  imported: Import,
  found: Found,
): Promise<boolean> {
  const { id } = imported
  const { worked, older } = found
  // Under a name of its own: of two that open the same push, the one that loses replaces nothing of the other's.
  const findings = newId('findings', school.clock.now())
  await sealJson(school, files, { id, findings }, 'report', await worked.report())
  const isApplied = await commit(school, imported, { ...found, findings })
  if (!isApplied) {
    await destroyFindings(school, files, { id, findings })
    return !(await isOpen(school, id))
  }
  await destroyObjects(school, files, { id, findings, kept: 'report' })
  await school.write(store.cleared(school, id, 'report'))
  await forgetReplaced(school, files, older)
  return true
}

async function commit(
  school: School,
  imported: Import,
  { digest, worked, comparedAfter, older, findings }: Found & { findings: FindingsId },
): Promise<boolean> {
  const { id, agentId, data } = imported
  const { record, counts, planFingerprint } = worked
  const compared = {
    record,
    fileFingerprint: digest,
    findings,
    counts,
    comparedAfter,
    planFingerprint,
    heldBecause: null,
  }
  return school.commit(
    ...(await pushStore.takenIn(school, id, compared)),
    notOvertaken(school, imported),
    changesNothing(counts) ? [] : await worked.writes(),
    await replaceWrites(school, older, imported),
    audit.entry(school, 'import.applied', id, { agent: agentId, kind: data, ...factsOf(counts) }),
  )
}

/** Whether it still waits: somebody else may have been quicker with the same one. */
async function isOpen(school: School, id: ImportId): Promise<boolean> {
  const now = await store.find(school, id)
  return now !== undefined && can('takeIn', now)
}
