import type { UserId } from '#kernel'
import { anyOf, type Directory, system } from '#shards'
import { users } from './directory-tables.ts'

/**
 * Names of users by id, whatever their organisation and state: a school's trail names the operator's
 * people who were in its area too. Whoever was erased, or whose organisation's key is gone, has none.
 */
export async function namesByIds(
  directory: Directory,
  ids: readonly UserId[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await directory.db
    .select({ id: users.id, organisationId: users.organisationId, record: users.record })
    .from(users)
    .where(anyOf(users.id, ids))
  const names = new Map<string, string>()
  for (const [organisation, theirs] of Map.groupBy(rows, ({ organisationId }) => organisationId)) {
    const school = await directory.school(organisation, system('visitor'))
    for (const { id, record } of school ? theirs : []) {
      const opened = await school?.open(users.record, id, record)
      if (opened) names.set(id, opened.name)
    }
  }
  return names
}
