import * as audit from '#audit'
import type { OrganisationId, Refusal } from '#kernel'
import { refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { type DfeNumberTaken, dfeNumberProblem } from './dfe-number-store.ts'
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

export type DetailsProblem =
  | Refusal<'number-taken' | 'no-such-trust' | 'changed-meanwhile'>
  | DfeNumberTaken

/**
 * Changes a customer's details and contacts. Its trail says which of them changed, not to what, and knows it first:
 * the two are in different databases, and nothing may change unseen. What it was told and somebody else's change
 * then prevented, it is told next.
 */
export async function changeDetails(
  directory: Directory,
  school: School,
  details: Details,
  contacts: OrganisationContacts,
): Promise<DetailsProblem | Refusal<'no-such-organisation'> | undefined> {
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
  const isChanged = await directory.write(
    store.detailsChanged(directory, before, details),
    await store.contactsSaved(directory, school, contacts),
  )
  if (isChanged) return undefined
  // Somebody else was quicker. The trail was told already, so it is told that nothing came of it.
  const meanwhile = (await problemWith(directory, school.id, details)) ?? refuse(LOST)
  const because = meanwhile.refused
  await school.commit(audit.entry(school, 'organisation.details-kept', school.id, { because }))
  return meanwhile
}

const LOST = 'changed-meanwhile'

/** Why these details cannot be this organisation's; undefined where they can. */
export async function problemWith(
  directory: Directory,
  id: OrganisationId,
  { textsFrom, partOf, dfeNumber }: Partial<Pick<Details, 'textsFrom' | 'partOf' | 'dfeNumber'>>,
): Promise<DetailsProblem | undefined> {
  const [taken, texting, trust] = await Promise.all([
    dfeNumberProblem(directory, { id, dfeNumber: dfeNumber ?? null }),
    textsFrom ? store.findByNumber(directory, textsFrom) : undefined,
    partOf ? store.find(directory, partOf) : undefined,
  ])
  if (taken) return taken
  if (texting && texting.id !== id) return refuse('number-taken', 'textsFrom')
  return partOf && trust?.kind !== 'trust' ? refuse('no-such-trust', 'partOf') : undefined
}

const changedFields = (before: Organisation, after: Details): audit.Facts =>
  Object.fromEntries(
    (Object.keys(after) as (keyof Details)[])
      .filter((field) => before[field] !== after[field])
      .flatMap((field) => factsOf(field, before, after)),
  )

/** By the number a school's data is told from another's, so the trail says which it was. It is nobody's own. */
const factsOf = (field: keyof Details, before: Organisation, after: Details): [string, Fact][] =>
  field === 'dfeNumber'
    ? [
        ['dfeNumberBefore', before.dfeNumber ?? 'none'],
        ['dfeNumberAfter', after.dfeNumber ?? 'none'],
      ]
    : [[field, true]]

type Fact = audit.Facts[string]
