import { type Entry, insertAll, type School } from '#shards'
import { type Action, rowOf } from './entry.ts'
import type { Facts } from './facts.ts'
import { trail } from './tables.ts'

/**
 * Notes that somebody looks at these records (PRODUCT 3.5): one entry for each, in one statement. On a
 * page it is written while the page is made, and is in before the answer leaves: nobody is shown a
 * child's record without the school being able to see that they looked.
 */
export const viewed = (
  school: School,
  action: Action,
  subjects: readonly string[],
  facts: Facts = {},
): Promise<void> => school.alongside(written(school, action, subjects, facts))

/**
 * Notes that somebody was shown a list of names, with how many. A page with nothing else to read would
 * wait for it alone, so it is written when the answer is on its way.
 */
export const listed = (school: School, action: Action, facts: Facts): Promise<void> =>
  school.afterwards(() => written(school, action, [school.id], facts))

async function written(
  school: School,
  action: Action,
  subjects: readonly string[],
  facts: Facts,
): Promise<void> {
  const rows = subjects.map((subject) => rowOf(school, action, subject, facts))
  const [first] = rows
  if (!first) return
  const [one, ...others] = insertAll(trail, rows)
  await school.commit({ ...one, entryId: first.id } as Entry, others)
}
