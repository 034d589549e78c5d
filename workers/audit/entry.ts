import { type Id, newId } from '#kernel'
import { type Entry, type School } from '#shards'
import type { Facts } from './facts.ts'
import { trail } from './tables.ts'

/** `noun.past-participle`, the same word as the verb, the URL and the page. */
export type Action = `${string}.${string}`

/**
 * The entry that goes into a commit: who did what to whom (by id), when, and from where. `subject` is an id;
 * facts are ids, counts and kebab words, so that the trail can be kept when the people are gone.
 */
export function entry(school: School, action: Action, subject: string, facts: Facts = {}): Entry {
  const row = rowOf(school, action, subject, facts)
  return { ...school.db.insert(trail).values(row).toSQL(), entryId: row.id }
}

/** An entry as its table has it; the id carries the time, so that ids sort as entries came. */
export function rowOf(school: School, action: Action, subject: string, facts: Facts) {
  const atMs = school.clock.now()
  const id: Id<'entry'> = newId('entry', atMs)
  return {
    id,
    schoolId: school.id,
    atMs,
    actorKind: school.actor.kind,
    actorId: school.actor.id,
    action,
    subject,
    fromWhere: school.actor.from ?? null,
    facts: { ...facts, ...leave(school) },
  }
}

/** PRODUCT 3.7: what the operator's people do says at which level, and by what leave. */
const leave = ({ actor }: School): Facts =>
  actor.kind === 'operator' ? { level: actor.role, access: actor.access } : {}
