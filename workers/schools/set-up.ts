import type { OrganisationId } from '#kernel'
import type { Directory } from '#shards'
import { create, type NewOrganisation } from './create.ts'
import { type DetailsProblem, problemWith } from './change-details.ts'
import * as store from './store.ts'

/**
 * Creates a customer whose id was minted with the form: the same form sent twice makes one, and says of
 * the second that it is not new, so that nobody is invited or credited twice.
 */
export async function setUp(
  directory: Directory,
  details: NewOrganisation & { id: OrganisationId },
): Promise<{ isNew: boolean } | DetailsProblem> {
  if (await store.find(directory, details.id)) return { isNew: false }
  const problem = await problemWith(directory, details.id, details)
  if (problem) return problem

  try {
    await create(directory, details)
    return { isNew: true }
  } catch (error) {
    // Somebody else was quicker by a moment: with this very form, or with one of its numbers.
    if (await store.find(directory, details.id)) return { isNew: false }
    const meanwhile = await problemWith(directory, details.id, details)
    if (meanwhile) return meanwhile
    throw error
  }
}
