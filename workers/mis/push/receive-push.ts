import * as agents from '#agents'
import * as audit from '#audit'
import { type ImportId, invariant } from '#kernel'
import type { Directory, School } from '#shards'
import type { Fingerprint } from '#vault'
import { factsOf } from '../apply.ts'
import { can, changesNothing, type Import } from '../import.ts'
import { destroyObjects, pushAt, sealJson } from '../objects.ts'
import { keepPreview } from '../preview.ts'
import { type Staged, toldOf } from '../staged.ts'
import * as pushStore from '../push-store.ts'
import * as store from '../store.ts'
import { type Worked, workOut } from '../work-out.ts'
import { openBody, Unopened } from './open.ts'
import { openingOf } from './opening-of.ts'
import { type PushProblem, Unusable } from './problem.ts'
import { type Pushed, readPush } from './read-push.ts'
import { stagedOf } from './staged-of.ts'
import { PUSH_KINDS, type PushKind, type PushScope } from './wire.ts'

/** Another import may be applied meanwhile; after this many rounds the queue tries again. */
const MAX_ROUNDS = 3

/**
 * Opens what an agent sent, checks and compares it, and applies it in one commit, or holds it where
 * somebody of the school has to look first. Whatever moment it stops at, the data are as they were or as
 * the push has them, and calling it again goes on from there: an import that is closed or held is left
 * alone. Throws where it should be tried again.
 */
export async function receivePush(
  directory: Directory,
  school: School,
  files: R2Bucket,
  id: ImportId,
): Promise<void> {
  const push = await agents.findPushOf(directory, school, id)
  if (push?.state !== 'received') return
  const imported = await noted(school, push)
  if (can('takeIn', imported)) await open(directory, school, files, { push, imported })
  const now = await store.find(school, id)
  invariant(now && !can('takeIn', now), 'what was opened is applied, held or refused')
  const because = now.refusedBecause
  await agents.endPush(
    directory,
    push,
    because ? { state: 'refused', because } : { state: 'opened' },
  )
}

/** The import of this push: made where this is the first time that anybody looks at it. */
async function noted(school: School, push: agents.Push): Promise<Import> {
  const data = PUSH_KINDS.find((kind) => kind === push.kind)
  invariant(data, 'a push that was taken in is of a kind that there is')
  const { importId: id, agentId, takenAtMs, receivedAtMs: createdAtMs } = push
  const isPartial = push.scope !== 'full'
  await school.write(
    await pushStore.received(school, { id, agentId, data, isPartial, takenAtMs, createdAtMs }),
  )
  const imported = await store.find(school, id)
  invariant(imported, 'an import that was noted is there')
  return imported
}

type Arrived = { push: agents.Push; imported: Import }

async function open(
  directory: Directory,
  school: School,
  files: R2Bucket,
  { push, imported }: Arrived,
): Promise<void> {
  const read = await readBody(directory, school, files, push)
  if (typeof read === 'string') return refuse(school, files, imported, read)
  if (await pushStore.isOvertaken(school, { data: imported.data, takenAtMs: push.takenAtMs })) {
    return refuse(school, files, imported, 'overtaken')
  }
  const digest = await school.fingerprint('text-file', read.digest)
  const staged = stagedOf(read, digest, school.clock.now())
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (await takeIn(school, files, imported, { staged, digest })) return
  }
  throw new Error('Other imports were applied while this one was compared')
}

async function readBody(
  directory: Directory,
  school: School,
  files: R2Bucket,
  { importId, agentId, serverKeyId, apiKeyId, takenAtMs, kind, scope }: agents.Push,
): Promise<Pushed | PushProblem> {
  const body = await files.get(pushAt(school, importId))
  if (!body) return 'gone'
  const announced = { kind: kind as PushKind, scope: scope as PushScope }
  const place = { organisation: school.id, agent: agentId, key: serverKeyId, takenAtMs }
  const opening = await openingOf(directory, school, { ...place, ...announced }, apiKeyId)
  if (!opening) return 'agent-unknown'
  try {
    return await readPush(openBody(opening, body.body), announced)
  } catch (error) {
    if (error instanceof Unopened) return error.reason
    if (error instanceof Unusable) return error.problem
    throw error
  }
}

type Taking = { staged: Staged; digest: Fingerprint }

/** False where another import came between. */
async function takeIn(
  school: School,
  files: R2Bucket,
  imported: Import,
  { staged, digest }: Taking,
): Promise<boolean> {
  const { id } = imported
  const comparedAfter = await store.lastPosition(school)
  const worked = await workOut(school, id, staged)
  if (worked.heldBecause !== null) {
    await sealJson(school, files, id, 'roster', staged)
    const found = { staged, worked, comparedAfter, record: imported.record }
    const isKept = await keepPreview(school, files, id, { ...found, fileFingerprint: digest })
    if (isKept) await files.delete(pushAt(school, id))
    return isKept || !(await isOpen(school, id))
  }
  await sealJson(school, files, id, 'report', await worked.report())
  const isApplied = await commit(school, imported, { staged, digest, worked, comparedAfter })
  if (!isApplied) return !(await isOpen(school, id))
  await destroyObjects(school, files, id, 'report')
  await school.write(store.cleared(school, id, 'report'))
  return true
}

async function commit(
  school: School,
  { id, agentId, data, record }: Import,
  { staged, digest, worked, comparedAfter }: Taking & { worked: Worked; comparedAfter: number },
): Promise<boolean> {
  const { counts } = worked
  const compared = {
    record: { ...record, school: toldOf(staged).school },
    fileFingerprint: digest,
    counts,
    comparedAfter,
    heldBecause: null,
  }
  return school.commit(
    ...(await pushStore.takenIn(school, id, compared)),
    changesNothing(counts) ? [] : await worked.writes(),
    audit.entry(school, 'import.applied', id, { agent: agentId, kind: data, ...factsOf(counts) }),
  )
}

/** Whether it still waits: somebody else may have been quicker with the same one. */
async function isOpen(school: School, id: ImportId): Promise<boolean> {
  const now = await store.find(school, id)
  return now !== undefined && can('takeIn', now)
}

async function refuse(
  school: School,
  files: R2Bucket,
  { id, agentId, data }: Import,
  because: PushProblem,
): Promise<void> {
  await school.commit(
    ...pushStore.refused(school, id, because),
    audit.entry(school, 'import.refused', id, { agent: agentId, kind: data, because }),
  )
  await destroyObjects(school, files, id, 'nothing')
  await school.write(store.cleared(school, id, 'nothing'))
}
