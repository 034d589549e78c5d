import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School, Statement } from '#shards'
import { can, changesNothing, type Counts, type Import, sameCounts } from './import.ts'
import { destroyObjects, openJson } from './objects.ts'
import { keepPreview } from './preview.ts'
import type { Staged } from './staged.ts'
import * as store from './store.ts'
import { type Worked, workOut } from './work-out.ts'

export type ApplyRefusal =
  | 'already-applied'
  | 'already-closed'
  | 'needs-approval'
  | 'roll-has-changed'

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
  const after = await store.lastPosition(school)
  const { counts, comparedAfter } = imported
  // Looked at, found to say nothing new, and nothing else came between: there is nothing to work out.
  if (counts && changesNothing(counts) && comparedAfter === after) {
    return settle(school, files, imported, { after, counts, writes: [] })
  }
  const found = await lookAgain(school, files, imported, after)
  if (!found) return refuse('already-closed')
  const { worked } = found
  if (!sameCounts(counts, worked.counts)) return showAgain(school, files, imported, found)
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
    writes,
    audit.entry(school, 'import.applied', imported.id, factsOf(counts)),
  )
  if (!isApplied) return overtaken(school, files, imported)
  await destroyObjects(school, files, imported.id, 'report')
  await school.write(store.cleared(school, imported.id, 'report'))
  return undefined
}

/** Somebody else was quicker: with this import, or with another one. */
async function overtaken(
  school: School,
  files: R2Bucket,
  { id }: Import,
): Promise<Refusal<ApplyRefusal>> {
  const now = await store.find(school, id)
  if (now?.state === 'applied') return refuse('already-applied')
  const after = await store.lastPosition(school)
  const found = now && can('apply', now) ? await lookAgain(school, files, now, after) : undefined
  return now && found ? showAgain(school, files, now, found) : refuse('already-closed')
}

type Found = { worked: Worked; staged: Staged; comparedAfter: number }

/** The file against the roll of this moment; undefined where what was read of it is destroyed. */
async function lookAgain(
  school: School,
  files: R2Bucket,
  { id }: Import,
  comparedAfter: number,
): Promise<Found | undefined> {
  const staged = await openJson<Staged>(school, files, id, 'roster')
  return staged && { staged, worked: await workOut(school, id, staged), comparedAfter }
}

async function showAgain(
  school: School,
  files: R2Bucket,
  { id, mappingId, record }: Import,
  found: Found,
): Promise<Refusal<ApplyRefusal>> {
  await keepPreview(school, files, id, { ...found, mappingId, record })
  return refuse('roll-has-changed')
}

export const factsOf = ({
  pupils,
  contacts,
  restrictions,
  rejected,
  staff,
  entries,
  wishes,
}: Counts): audit.Facts => ({
  pupilsAdded: pupils.added,
  pupilsChanged: pupils.changed,
  pupilsLeft: pupils.leaving,
  pupilsReturned: pupils.returning,
  contactsAdded: contacts.added,
  contactsChanged: contacts.changed,
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
  ...(wishes && { wishesStopped: wishes.stopped, wishesResumed: wishes.resumed }),
})
