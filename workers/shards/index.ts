/**
 * Shards own where data lives: the directory database, the shard databases, and `School`, the only
 * way to a school's rows. They promise that a change and its trail entry are one transaction, that a
 * change fails where what it relied on has changed, and that no query can reach another school's
 * rows. They know no pupil and no message; `Holding` is the vocabulary in which others declare theirs.
 */
export { type Actor, type FromWhere, system, type SystemActor } from './actor.ts'
export { Directory, DIRECTORY_HOLDER, type Premises } from './directory.ts'
export type { AnyHolding, Class, Holding, Keep, LawfulBasis } from './holding.ts'
export { expectationsHolding, placementsHolding } from './holdings.ts'
export { reseal } from './reseal.ts'
export { type Beside, type Entry, School } from './school.ts'
export { Scope } from './scope.ts'
export { type Contents, fingerprinted, sealed } from './sealed-column.ts'
export {
  anyOf,
  insertAll,
  statement,
  type Statement,
  toStatement,
  type Write,
} from './statement.ts'
