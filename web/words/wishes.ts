import type { Agreement, StandingWish } from '#consent'
import { showDate } from '#kernel'

/** Who said that no more than the essential is to be sent, and since when (PRODUCT 6.4). */
export const stoppedBy = ({ source, atMs }: Pick<StandingWish, 'source' | 'atMs'>): string =>
  ({
    stop: `They texted STOP on ${showDate(atMs)}.`,
    person: `They said so on a page of their own on ${showDate(atMs)}.`,
    school: `The school entered it on ${showDate(atMs)}.`,
    mis: `The school’s own system has said so since ${showDate(atMs)}.`,
  })[source]

/** "Asked to stop" is said of people alone: a system asks for nothing. */
export const stoppedTag = (wishes: readonly Pick<StandingWish, 'source'>[]): string =>
  wishes.some(({ source }) => source !== 'mis') ? 'Asked to stop' : 'Essential only'

/** Whether somebody agreed to marketing, who says so and since when; without an agreement they have not. */
export function marketingWords(
  agreement: Pick<Agreement, 'atMs' | 'endedAtMs'> | undefined,
): string {
  if (!agreement) return 'Has not agreed to marketing.'
  const { atMs, endedAtMs } = agreement
  return endedAtMs === null
    ? `Agreed to marketing. The school’s own system has said so since ${showDate(atMs)}.`
    : `Does not agree to marketing any more. The school’s own system said that they did from ${showDate(atMs)} to ${showDate(endedAtMs)}.`
}
