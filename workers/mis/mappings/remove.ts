import { type Id, type Refusal, refuse } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import { removed } from './store.ts'

/** Forgets what those columns mean: the next file with these headings is matched anew. Imports stay. */
export async function remove(
  school: School,
  id: Id<'mapping'>,
): Promise<Refusal<'no-such-mapping'> | undefined> {
  const done = await school.commit(removed(school, id), audit.entry(school, 'mapping.removed', id))
  return done ? undefined : refuse('no-such-mapping')
}
