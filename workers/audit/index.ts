/**
 * The trail: what was done, by whom, to whom (by id), when. Entries go into the commit of the change
 * they describe, those of a look while its page is made; they are chained each minute or on demand, and
 * the chain's head is kept outside the database too. It promises that a changed, removed, inserted or reordered entry is found. It never
 * holds a person's data: ids, counts and kebab words only.
 */
export type { Anchors } from './anchor.ts'
export type { Fault, Head } from './chain.ts'
export { type Action, entry } from './entry.ts'
export type { Facts } from './facts.ts'
export { trailHeadsHolding, trailHolding } from './holdings.ts'
export {
  about,
  count,
  type Filter,
  find,
  list,
  looks,
  type Page,
  type TrailEntry,
} from './reading.ts'
export { sealTrail } from './seal-trail.ts'
export { noneSince } from './store.ts'
export { listed, viewed } from './viewed.ts'
export { verify, type Verdict } from './verify.ts'
