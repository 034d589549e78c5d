import { eq } from 'drizzle-orm'
import type { OrganisationId, SupportAccessId, UserId } from '#kernel'
import { type Actor, type Directory, type School, system } from '#shards'
import { users } from './directory-tables.ts'

/**
 * An organisation's area with somebody acting who may be of another one: then they are an employee of the
 * operator, and its trail says so. Nobody is the clock.
 */
export async function areaBy(
  directory: Directory,
  organisation: OrganisationId,
  id: UserId | null,
  access: SupportAccessId | null = null,
): Promise<School | undefined> {
  const actor = id === null ? undefined : await actorOf(directory, organisation, id, access)
  return directory.school(organisation, actor ?? system('clock'))
}

async function actorOf(
  directory: Directory,
  organisation: OrganisationId,
  id: UserId,
  access: SupportAccessId | null,
): Promise<Actor | undefined> {
  const [found] = await directory.db
    .select({ organisation: users.organisationId, role: users.role })
    .from(users)
    .where(eq(users.id, id))
  if (!found) return undefined
  if (found.organisation === organisation) return { kind: 'user', id }
  return { kind: 'operator', id, role: found.role, access }
}
