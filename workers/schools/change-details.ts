import * as audit from '#audit'
import type { OrganisationId, Refusal } from '#kernel'
import { refuse } from '#kernel'
import type { Directory, School } from '#shards'
import type { Organisation, OrganisationContacts } from './organisation.ts'
import * as store from './store.ts'

/** What the operator may change of a customer, products and contract apart. */
export type Details = Pick<
  Organisation,
  | 'name'
  | 'partOf'
  | 'misSupplier'
  | 'dfeNumber'
  | 'startsOn'
  | 'textsFrom'
  | 'emailFrom'
  | 'smsPriceMillipence'
>

export type DetailsRefusal = 'number-taken' | 'no-such-trust'

/** Changes a customer's details and contacts. Its trail says which of them changed, not to what. */
export async function changeDetails(
  directory: Directory,
  school: School,
  details: Details,
  contacts: OrganisationContacts,
): Promise<Refusal<DetailsRefusal | 'no-such-organisation'> | undefined> {
  const [before, knownContacts] = await Promise.all([
    store.find(directory, school.id),
    store.contactsOf(directory, school),
  ])
  if (!before) return refuse('no-such-organisation')
  const problem = await problemWith(directory, school.id, details)
  if (problem) return problem

  const facts = changedFields(before, details)
  const hasNewContacts = JSON.stringify(knownContacts) !== JSON.stringify(contacts)
  if (Object.keys(facts).length === 0 && !hasNewContacts) return undefined
  await school.commit(
    audit.entry(school, 'organisation.details-changed', school.id, {
      ...facts,
      ...(hasNewContacts && { contacts: true }),
    }),
  )
  try {
    await directory.write(
      store.changed(directory, school.id, details),
      await store.contactsSaved(directory, school, contacts),
    )
    return undefined
  } catch (error) {
    // Somebody else took the number in the same moment.
    const meanwhile = await problemWith(directory, school.id, details)
    if (meanwhile) return meanwhile
    throw error
  }
}

/** Why these details cannot be this organisation's; undefined where they can. */
export async function problemWith(
  directory: Directory,
  id: OrganisationId,
  { textsFrom, partOf }: { textsFrom?: string | null; partOf?: OrganisationId | null },
): Promise<Refusal<DetailsRefusal> | undefined> {
  const [texting, trust] = await Promise.all([
    textsFrom ? store.findByNumber(directory, textsFrom) : undefined,
    partOf ? store.find(directory, partOf) : undefined,
  ])
  if (texting && texting.id !== id) return refuse('number-taken', 'textsFrom')
  return partOf && trust?.kind !== 'trust' ? refuse('no-such-trust', 'partOf') : undefined
}

const changedFields = (before: Organisation, after: Details): audit.Facts =>
  Object.fromEntries(
    (Object.keys(after) as (keyof Details)[])
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, true]),
  )
