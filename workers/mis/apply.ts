import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School, Statement } from '#shards'
import { can, changesNothing, type Counts, type Import } from './import.ts'
import { destroyObjects, openJson } from './files/objects.ts'
import { notOvertaken, overtakenBy } from './compare/overtaken.ts'
import { keepPreview } from './preview.ts'
import type { Staged } from './files/staged.ts'
import { type PushProblem, Unusable } from './push/problem.ts'
import * as store from './store.ts'
import { type Worked, workOut } from './compare/work-out.ts'

export type ApplyRefusal =
  | 'already-applied'
  | 'already-closed'
  | 'needs-approval'
  /** What was taken later has been applied meanwhile: this would take it back. */
  | 'overtaken'
  | 'roll-has-changed'
  | 'too-much-at-once'

/**
 * Applies a file that somebody has looked at: whole, in one commit with its trail entry, or not at all.
 * It is compared afresh, so that what is written fits the roll of this moment; where that comes to
 * anything else than what was looked at, nothing is written and the new comparison is to be looked at.
 */
export async function apply(
  school: School,
  files: R2Bucket,
  imported: Import,
): Promise<Refusal<ApplyRefusal> | undefined> {
  if (imported.state === 'applied') return refuse('already-applied')
  if (imported.state === 'held') return refuse('needs-approval')
  if (!can('apply', imported)) return refuse('already-closed')
  try {
    return await applyAfresh(school, files, imported)
  } catch (error) {
    // What it touches has grown since it was looked at.
    if (error instanceof Unusable && tooMuch.includes(error.problem)) {
      return refuse('too-much-at-once')
    }
    throw error
  }
}

const tooMuch: readonly PushProblem[] = ['too-much-at-once', 'too-many-marks']

async function applyAfresh(
  school: School,
  files: R2Bucket,
  imported: Import,
): Promise<Refusal<ApplyRefusal> | undefined> {
  if (await overtakenBy(school, imported)) return refuse('overtaken')
  const after = await store.lastPosition(school)
  const { counts, comparedAfter, planFingerprint } = imported
  // Looked at, found to say nothing new, and nothing else came between: there is nothing to work out.
  if (counts && changesNothing(counts) && comparedAfter === after) {
    return settle(school, files, imported, { after, counts, writes: [] })
  }
  const found = await lookAgain(school, files, imported, after)
  if (!found) return refuse('already-closed')
  const { worked } = found
  if (planFingerprint !== worked.planFingerprint) return showAgain(school, files, imported, found)
  const writes = await worked.writes()
  return settle(school, files, imported, { after, counts: worked.counts, writes })
}

type Settling = { after: number; counts: Counts; writes: Statement[] }

async function settle(
  school: School,
  files: R2Bucket,
  imported: Import,
  { after, counts, writes }: Settling,
): Promise<Refusal<ApplyRefusal> | undefined> {
  const isApplied = await school.commit(
    ...store.applied(school, imported.id, after),
    notOvertaken(school, imported),
    store.stillFound(school, imported),
    writes,
    audit.entry(school, 'import.applied', imported.id, factsOf(counts)),
  )
  if (!isApplied) return outrun(school, files, imported)
  await destroyObjects(school, files, { ...imported, kept: 'report' })
  await school.write(store.cleared(school, imported.id, 'report'))
  return undefined
}

/** Somebody else was quicker: with this import, or with another one. */
async function outrun(
  school: School,
  files: R2Bucket,
  { id }: Import,
): Promise<Refusal<ApplyRefusal>> {
  const now = await store.find(school, id)
  if (now?.state === 'applied') return refuse('already-applied')
  if (now && (await overtakenBy(school, now))) return refuse('overtaken')
  const after = await store.lastPosition(school)
  const found = now && can('apply', now) ? await lookAgain(school, files, now, after) : undefined
  return now && found ? showAgain(school, files, now, found) : refuse('already-closed')
}

type Found = { worked: Worked; staged: Staged; comparedAfter: number }

/** The file against the roll of this moment; undefined where what was read of it is destroyed. */
async function lookAgain(
  school: School,
  files: R2Bucket,
  imported: Import,
  comparedAfter: number,
): Promise<Found | undefined> {
  const staged = await openJson<Staged>(school, files, imported, 'roster')
  return staged && { staged, worked: await workOut(school, imported, staged), comparedAfter }
}

async function showAgain(
  school: School,
  files: R2Bucket,
  { id, mappingId }: Import,
  found: Found,
): Promise<Refusal<ApplyRefusal>> {
  await keepPreview(school, files, id, { ...found, mappingId })
  return refuse('roll-has-changed')
}

export const factsOf = ({
  pupils,
  contacts,
  points,
  restrictions,
  rejected,
  staff,
  entries,
  conduct,
  wishes,
}: Counts): audit.Facts => ({
  pupilsAdded: pupils.added,
  pupilsChanged: pupils.changed,
  pupilsLeft: pupils.leaving,
  pupilsReturned: pupils.returning,
  contactsAdded: contacts.added,
  contactsChanged: contacts.changed,
  contactsLeft: contacts.leaving,
  pointsEnded: points.ended,
  restrictionsAdded: restrictions.added,
  restrictionsEnded: restrictions.ended,
  restrictedDropped: restrictions.dropped,
  rejected,
  ...(staff && {
    staffAdded: staff.added,
    staffChanged: staff.changed,
    staffLeft: staff.leaving,
  }),
  ...(entries !== undefined && { entries }),
  ...(conduct && { entriesRemoved: conduct.removed }),
  ...(wishes && {
    wishesStopped: wishes.stopped,
    wishesResumed: wishes.resumed,
    marketingAgreed: wishes.agreed,
    marketingWithdrawn: wishes.withdrawn,
  }),
})
