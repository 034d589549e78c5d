import * as audit from '#audit'
import { invariant, type Millipence, newId } from '#kernel'
import type { Actor, Directory } from '#shards'
import type { Organisation, OrganisationKind } from './organisation.ts'
import * as store from './store.ts'

export type NewOrganisation = {
  kind: OrganisationKind
  name: string
  state?: Organisation['state']
  /** E.164; only schools text. */
  textsFrom?: string
  emailFrom?: string
  smsPriceMillipence?: Millipence
  /** Who creates it, for its trail. */
  by: Actor
}

/**
 * Makes an organisation: its keys, its place on a shard (the emptiest, unless told), its row, and
 * the first entry of its trail. Keys come first: an organisation without them could hold nothing.
 */
export async function create(
  directory: Directory,
  details: NewOrganisation,
  shard?: number,
): Promise<Organisation> {
  const organisation = organisationOf(details, directory.clock.now())
  await directory.premises.vault.create(organisation.id)
  const placed =
    shard === undefined
      ? (await directory.place(organisation.id)).write
      : directory.placed(organisation.id, shard)
  await directory.write(store.added(directory, organisation), placed)

  const school = await directory.school(organisation.id, details.by)
  invariant(school, 'an organisation that was placed has a shard')
  const facts = { kind: organisation.kind, shard: school.shard }
  await school.commit(audit.entry(school, 'organisation.created', organisation.id, facts))
  return organisation
}

const NO_PRICE = 0 as Millipence

const organisationOf = (details: NewOrganisation, nowMs: number): Organisation => ({
  id: newId('organisation', nowMs),
  kind: details.kind,
  name: details.name,
  state: details.state ?? 'active',
  textsFrom: details.textsFrom ?? null,
  emailFrom: details.emailFrom ?? null,
  smsPriceMillipence: details.smsPriceMillipence ?? NO_PRICE,
  createdAtMs: nowMs,
})
