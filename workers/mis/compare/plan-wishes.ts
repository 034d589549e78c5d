import * as consent from '#consent'
import type { School } from '#shards'
import type { Joined } from './file-people.ts'
import type { Known } from './known.ts'
import type { PlannedWrites, WishesTold } from './plan.ts'
import type { Topic } from '../read/tells.ts'

export type WishesPlan = {
  /** Not to be written to any more, and again, for what is not essential (PRODUCT 6.4). */
  stopped: consent.Wish[]
  resumed: consent.Wish[]
  /** Have agreed to marketing, and do not any more. */
  agreed: consent.Wish[]
  withdrawn: consent.Wish[]
  /** As `consent.countSaid` had it; null where the file says nothing of wishes. */
  said: number | null
}

export const noWishes = (): WishesTold => ({
  nonEssential: { yes: new Map(), no: new Map() },
  marketing: { yes: new Map(), no: new Map() },
  isEverybody: false,
})

/** Takes down one yes or no, about each of a person's numbers and addresses. */
export function note(
  told: WishesTold,
  points: readonly consent.Wish[],
  { about, isAllowed }: { about: 'non-essential' | 'marketing'; isAllowed: boolean },
): void {
  const said = about === 'marketing' ? told.marketing : told.nonEssential
  for (const { channel, fingerprint } of points) {
    const wish = { channel, fingerprint }
    said[isAllowed ? 'yes' : 'no'].set(keyOf(wish), wish)
  }
}

export type RosterTerms = { tells: ReadonlySet<Topic>; isEverybody: boolean }

/**
 * What a list of pupils says of their contacts' wishes. Where it speaks of marketing at all, a contact beside
 * whom nothing is said has not agreed: a box that is not ticked is no consent (UK GDPR, recital 32).
 */
export function wishesOf(
  known: Known,
  { pupils }: Joined,
  { tells, isEverybody }: RosterTerms,
  { pointsEnded }: PlannedWrites,
): WishesTold {
  const told = noWishes()
  const speaksOfMarketing = tells.has('marketing')
  const ended = new Set(pointsEnded)
  for (const { contact, wishes } of pupils.flatMap(({ ties }) => ties)) {
    const { sms, email, marketing = false } = wishes
    if (sms === undefined && email === undefined && !speaksOfMarketing) continue
    const staying = (known.pointsOf.get(contact.id) ?? []).filter(({ id }) => !ended.has(id))
    const points: consent.Wish[] = [...contact.points, ...staying]
    const of = (channel: consent.Wish['channel']) =>
      points.filter((point) => point.channel === channel)
    if (sms !== undefined) note(told, of('sms'), { about: 'non-essential', isAllowed: sms })
    if (email !== undefined) note(told, of('email'), { about: 'non-essential', isAllowed: email })
    if (speaksOfMarketing) note(told, points, { about: 'marketing', isAllowed: marketing })
  }
  return { ...told, isEverybody: isEverybody && speaksOfMarketing }
}

/**
 * What that would change here. Of two people who share a number the no of one holds. A yes ends only what the
 * school's own system began, and had begun when this was taken: a parent's STOP stays, and beats an agreement
 * to marketing. Nor does an export bring back an agreement that was taken back after it was made.
 */
export async function planWishes(
  school: School,
  told: WishesTold,
  takenAtMs: number,
): Promise<WishesPlan> {
  const plan: WishesPlan = { stopped: [], resumed: [], agreed: [], withdrawn: [], said: null }
  if (saysNothing(told)) return plan
  plan.said = await consent.countSaid(school)
  const [standing, agreements, withdrawn] = await Promise.all([
    consent.standing(school),
    consent.agreements(school),
    consent.withdrawnSince(school, takenAtMs),
  ])
  /** What began after it was taken, it knows nothing of. */
  const isOlder = ({ atMs }: { atMs: number }) => atMs <= takenAtMs
  const { nonEssential, marketing, isEverybody } = told
  const there = new Set(standing.map(keyOf))
  const ours = new Set(
    standing
      .filter(({ source }) => source === 'mis')
      .filter(isOlder)
      .map(keyOf),
  )
  plan.stopped = [...nonEssential.no.values()].filter((wish) => !there.has(keyOf(wish)))
  plan.resumed = undisputed(nonEssential).filter((wish) => ours.has(keyOf(wish)))

  const agreed = new Set(agreements.map(keyOf))
  const said = undisputed(marketing)
  const sayYes = new Set(said.map(keyOf))
  const notAnyMore = new Set(withdrawn.map(keyOf))
  plan.agreed = said.filter((wish) => !agreed.has(keyOf(wish)) && !notAnyMore.has(keyOf(wish)))
  plan.withdrawn = agreements
    .filter(isOlder)
    .filter((wish) => marketing.no.has(keyOf(wish)) || (isEverybody && !sayYes.has(keyOf(wish))))
  return plan
}

const saysNothing = ({ nonEssential, marketing, isEverybody }: WishesTold): boolean =>
  !isEverybody && [nonEssential, marketing].every(({ yes, no }) => yes.size === 0 && no.size === 0)

const undisputed = ({ yes, no }: WishesTold['marketing']): consent.Wish[] =>
  [...yes.values()].filter((wish) => !no.has(keyOf(wish)))

const keyOf = ({ channel, fingerprint }: consent.Wish): string => `${channel} ${fingerprint}`
