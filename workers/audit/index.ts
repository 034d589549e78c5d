/**
 * The trail: what was done, by whom, to whom (by id), when. Entries go into the commit of the change
 * they describe, and are chained each minute or on demand; the chain's head is kept outside the
 * database too. It promises that a changed, removed, inserted or reordered entry is found. It never
 * holds a person's data: ids, counts and kebab words only.
 */
export type { Anchors } from './anchor.ts'
export type { Fault, Head } from './chain.ts'
export { type Action, entry, type Facts } from './entry.ts'
export { trailHeadsHolding, trailHolding } from './holdings.ts'
export { sealTrail } from './seal-trail.ts'
export { about, list, noneSince } from './store.ts'
export { verify, type Verdict } from './verify.ts'
