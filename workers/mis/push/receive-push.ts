import * as agents from '#agents'
import * as audit from '#audit'
import { describeError, type ImportId, invariant, log } from '#kernel'
import * as schools from '#schools'
import type { Directory, School } from '#shards'
import { can, type Import } from '../import.ts'
import { destroyObjects, pushAt } from '../files/objects.ts'
import * as pushStore from './store.ts'
import * as store from '../store.ts'
import { allowListOf } from './allow-list.ts'
import { bounded } from './bounded.ts'
import { openBody, Unopened } from './open.ts'
import { openingOf } from './opening-of.ts'
import { type PushProblem, Unusable } from './problem.ts'
import { type Pushed, readPush } from './read-push.ts'
import { stagedOf } from './staged-of.ts'
import { whyNotOpened } from './why-not-opened.ts'
import { PUSH_KINDS, type PushKind, type PushScope } from './wire.ts'
import { writePush } from './write-push.ts'

/** So long nothing goes before a push that was sealed earlier and cannot be opened: after it, the others go on. */
const PATIENCE_MS = 15 * 60_000
/** Taken before it in one job, at most: a year of registers comes in twelve. */
const MAX_AHEAD = 50

/**
 * Opens what a school's agents sent up to this push, in the order in which it was sealed: what came later must
 * not be undone by what came before it, nor the earlier be refused as overtaken because a queue shuffled them.
 * Throws where it should be tried again at once; what is to wait longer is left to the clock.
 */
export async function receivePush(
  directory: Directory,
  school: School,
  files: R2Bucket,
  id: ImportId,
): Promise<void> {
  const push = await agents.findPushOf(directory, school, id)
  if (push?.state !== 'received') return
  const isPatient = (earlier: agents.Push) =>
    directory.clock.now() - earlier.receivedAtMs < PATIENCE_MS
  const ahead = await agents.waitingBefore(directory, push, MAX_AHEAD)
  let passedOver = 0
  for (const earlier of ahead) {
    try {
      const isDone = await receiveOne(directory, school, files, earlier.importId)
      if (isDone) continue
      if (isPatient(earlier)) return
      passedOver++
    } catch (error) {
      if (isPatient(earlier)) throw error
      passedOver++
      log('import.passed-over', { import: earlier.importId, ...describeError(error) })
    }
  }
  const isLong = ahead.length === MAX_AHEAD && passedOver < MAX_AHEAD
  if (isLong) throw new Error('More was sealed before this than one job opens')
  await receiveOne(directory, school, files, id)
}

/**
 * Opens what an agent sent, checks and compares it, and applies it in one commit, or holds it where
 * somebody of the school has to look first. Whatever moment it stops at, the data are as they were or as
 * the push has them, and calling it again goes on from there: an import that is closed or held is left
 * alone. False where it failed before and is to rest yet. Throws where it fails.
 */
async function receiveOne(
  directory: Directory,
  school: School,
  files: R2Bucket,
  id: ImportId,
): Promise<boolean> {
  const push = await agents.findPushOf(directory, school, id)
  if (push?.state !== 'received') return true
  if (push.dueAtMs > directory.clock.now()) return false
  await directory.write([agents.pushTried(directory, push)])
  const organisation = await schools.find(directory, school.id)
  invariant(organisation, 'a school with an agent is known')
  if (organisation.state === 'purged') await forget(directory, school, files, push)
  else await openWanted(directory, school, files, { push, organisation })
  return true
}

/** Of a purged school nothing can be sealed any more, and there is nobody to tell. */
async function forget(
  directory: Directory,
  school: School,
  files: R2Bucket,
  push: agents.Push,
): Promise<void> {
  await files.delete(pushAt(school, push.importId))
  await agents.endPush(directory, push, { state: 'refused', because: 'school-locked' })
}

async function openWanted(
  directory: Directory,
  school: School,
  files: R2Bucket,
  { push, organisation }: Omit<Arrived, 'imported'>,
): Promise<void> {
  const id = push.importId
  const imported = await noted(school, push, organisation)
  const unwanted = whyNotOpened(push, organisation)
  if (can('takeIn', imported)) {
    if (unwanted) await refuse(school, files, imported, unwanted)
    else await open(directory, school, files, { push, imported, organisation })
  }
  const now = await store.find(school, id)
  invariant(now && !can('takeIn', now), 'what was opened is applied, held or refused')
  const because = now.refusedBecause
  if (now.state === 'applied') await agents.noteNight(directory, now)
  await agents.endPush(
    directory,
    push,
    because ? { state: 'refused', because } : { state: 'opened' },
  )
}

/** The import of this push: made where this is the first time that anybody looks at it. */
async function noted(
  school: School,
  push: agents.Push,
  { dfeNumber, name: ourName }: schools.Organisation,
): Promise<Import> {
  const data = PUSH_KINDS.find((kind) => kind === push.kind)
  invariant(data, 'a push that was taken in is of a kind that there is')
  const { importId: id, agentId, takenAtMs, receivedAtMs: createdAtMs } = push
  const isPartial = push.scope !== 'full'
  const found = { id, agentId, data, isPartial, takenAtMs, createdAtMs, dfeNumber, ourName }
  await school.write(await pushStore.received(school, found))
  const imported = await store.find(school, id)
  invariant(imported, 'an import that was noted is there')
  return imported
}

type Arrived = { push: agents.Push; imported: Import; organisation: schools.Organisation }

async function open(
  directory: Directory,
  school: School,
  files: R2Bucket,
  { push, imported, organisation }: Arrived,
): Promise<void> {
  const read = await readBody(directory, school, files, { push, organisation })
  if (typeof read === 'string') return refuse(school, files, imported, read)
  const { takenAt, feed } = read.opening
  const said = { feed, takenAtMs: Math.min(Date.parse(takenAt), push.takenAtMs) }
  // Where somebody was quicker it is closed, and nothing of it is taken in below.
  await school.write(...pushStore.told(school, imported.id, said))
  const digest = await school.fingerprint('text-file', read.digest)
  const staged = stagedOf(read, digest, school.clock.now())
  const dated = { ...imported, ...said }
  const isIn = await unlessUnusable(() => writePush(school, files, dated, { staged, digest }))
  if (isIn !== true) await refuse(school, files, imported, isIn)
}

/** What is found to be of no use, however it is tried again. */
async function unlessUnusable<T>(work: () => Promise<T>): Promise<T | PushProblem> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Unopened) return error.reason
    if (error instanceof Unusable) return error.problem
    throw error
  }
}

async function readBody(
  directory: Directory,
  school: School,
  files: R2Bucket,
  { push, organisation }: Pick<Arrived, 'push' | 'organisation'>,
): Promise<Pushed | PushProblem> {
  const { importId, agentId, serverKeyId, apiKeyId, takenAtMs, kind, scope } = push
  const body = await files.get(pushAt(school, importId))
  if (!body) return 'gone'
  const announced = { kind: kind as PushKind, scope: scope as PushScope }
  const place = { organisation: school.id, agent: agentId, key: serverKeyId, takenAtMs }
  const opening = await openingOf(directory, school, { ...place, ...announced }, apiKeyId)
  if (!opening) return 'agent-unknown'
  const { fields } = allowListOf(organisation.products)
  return unlessUnusable(() => readPush(bounded(openBody(opening, body.body)), announced, fields))
}

async function refuse(
  school: School,
  files: R2Bucket,
  { id, agentId, data }: Import,
  because: PushProblem,
): Promise<void> {
  const isRefused = await school.commit(
    ...pushStore.refused(school, id, because),
    audit.entry(school, 'import.refused', id, { agent: agentId, kind: data, because }),
  )
  // Somebody else was quicker with the same one, and it is as they left it.
  if (!isRefused) return
  await destroyObjects(school, files, { id, findings: null, kept: 'nothing' })
  await school.write(store.cleared(school, id, 'nothing'))
}
