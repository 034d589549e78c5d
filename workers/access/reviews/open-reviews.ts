import type { SQL } from 'drizzle-orm'
import * as audit from '#audit'
import { atMost, describeError, log, newId, type OrganisationId } from '#kernel'
import { type Directory, type School, system } from '#shards'
import * as store from './store.ts'
import { dueAfter, type Term, termAt } from './term.ts'

/** Reviews opened in one minute: all of 24,500 organisations within three hours of the term’s first day. */
const OPENED_A_MINUTE = 150
const WIDTH = 4

/**
 * Opens this term’s review for every organisation that owes one, so many a minute; `among` gives the ids of
 * those that may (a locked one lets nobody in who could do a review). Run by cron; what one
 * minute leaves, or fails at, the next one finds. An organisation’s first review is in the first term that
 * opens after it came. Returns how many were opened.
 */
export async function openReviews(directory: Directory, among: SQL): Promise<number> {
  const term = termAt(directory.clock.now())
  const owing = await store.owing(directory, term, { among, limit: OPENED_A_MINUTE })
  const isOpened = await atMost(WIDTH, owing, (id) => tried(directory, id, term))
  return isOpened.filter(Boolean).length
}

async function tried(directory: Directory, id: OrganisationId, term: Term): Promise<boolean> {
  try {
    const school = await directory.school(id, system('clock'))
    if (school) await openReview(directory, school, term)
    return school !== undefined
  } catch (error) {
    log('review.not-opened', { organisation: id, ...describeError(error) })
    return false
  }
}

/** Opens one organisation’s review of a term. Its trail knows of it once, whoever opens it how often. */
export async function openReview(
  directory: Directory,
  school: School,
  { name, opensAtMs }: Term,
  openedAtMs: number = directory.clock.now(),
): Promise<void> {
  await school.commit(
    audit.noneSince(school, 'review.opened', school.id, { because: name, sinceMs: opensAtMs - 1 }),
    audit.entry(school, 'review.opened', school.id, { because: name }),
  )
  await directory.write(
    store.opened(directory, {
      id: newId('review', openedAtMs),
      organisationId: school.id,
      term: name,
      openedAtMs,
      dueAtMs: dueAfter(openedAtMs),
      completedAtMs: null,
      completedBy: null,
      remindedAtMs: null,
    }),
  )
}
