import * as access from '#access'
import * as audit from '#audit'
import { atMost, describeError, isQuietHours, log } from '#kernel'
import * as schools from '#schools'
import { type Directory, type School, system } from '#shards'
import { posted } from './posted.ts'
import { reviewReminder } from './review-reminder.ts'

/** Organisations reminded in one minute; six queries each, of the thousand that an invocation may make. */
const REMINDED_A_MINUTE = 100
const WIDTH = 4

/**
 * Writes to those in charge where a review has opened, is due or is overdue: by day, so many organisations
 * a minute. It opens names and addresses, so it runs where sealed data may be opened. The outboxes send
 * what it leaves within a minute.
 */
export async function remindOfReviews(directory: Directory, origin: string): Promise<void> {
  if (isQuietHours(directory.clock.now())) return
  const due = await access.reviewsToRemindOf(directory, REMINDED_A_MINUTE)
  await atMost(WIDTH, due, async (review) => {
    try {
      await remind(directory, review, origin)
    } catch (error) {
      log('review.not-reminded', { review: review.id, ...describeError(error) })
    }
  })
}

async function remind(directory: Directory, review: access.Review, origin: string): Promise<void> {
  const organisation = await schools.find(directory, review.organisationId)
  const school = await directory.school(review.organisationId, system('clock'))
  // Nobody of a locked organisation could do anything about it.
  if (organisation && school && schools.isOpen(organisation)) {
    await write(directory, school, { review, organisation, origin })
  }
  await directory.write(access.reviewReminded(directory, review.id))
}

type About = { review: access.Review; organisation: schools.Organisation; origin: string }

/** One commit, which fails where a run that was cut short wrote already: nobody is reminded twice. */
async function write(
  directory: Directory,
  school: School,
  { review, organisation, origin }: About,
): Promise<void> {
  const everybody = await access.list(directory, school)
  const inCharge = everybody.filter(
    ({ state, role }) => state === 'active' && access.isInCharge(role),
  )
  const occasion = access.reviewOccasion(review, directory.clock.now())
  const link = `${origin}/${organisation.kind}/reviews`
  const letters = await Promise.all(
    inCharge.map(({ name, email }) => {
      const to = { name, email, organisation: organisation.name }
      return posted(school, reviewReminder({ ...to, review, occasion, link }))
    }),
  )
  const sinceMs = review.remindedAtMs ?? review.openedAtMs - 1
  await school.commit(
    audit.noneSince(school, 'review.reminded', review.id, { because: occasion, sinceMs }),
    ...letters,
    audit.entry(school, 'review.reminded', review.id, {
      because: occasion,
      people: inCharge.length,
    }),
  )
}
