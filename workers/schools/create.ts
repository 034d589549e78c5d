import * as audit from '#audit'
import { invariant, type Millipence, newId } from '#kernel'
import type { Actor, Directory, FromWhere, School } from '#shards'
import {
  DEFAULT_ABSOLUTE_HOURS,
  DEFAULT_IDLE_MINUTES,
  type Organisation,
  type OrganisationContacts,
  type OrganisationKind,
} from './organisation.ts'
import type { Product } from './product.ts'
import * as store from './store.ts'

export type NewOrganisation = {
  /** Minted beforehand where the same may be asked for twice: it is made once. */
  id?: Organisation['id']
  kind: OrganisationKind
  name: string
  state?: Organisation['state']
  products?: Product[]
  partOf?: Organisation['id'] | null
  misSupplier?: string | null
  /** Only schools have one. */
  dfeNumber?: Organisation['dfeNumber']
  startsOn?: string | null
  endsOn?: string | null
  contacts?: OrganisationContacts
  /** E.164; only schools text. */
  textsFrom?: string | null
  emailFrom?: string | null
  smsPriceMillipence?: Millipence
  /** Who creates it, for its trail. */
  by: Actor
  /** From where, under the organisation's own key: that is there only then. */
  from?: (area: School) => Promise<FromWhere>
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
  const on = shard ?? (await directory.place(organisation.id)).shard
  const area = directory.schoolAt(on, organisation.id, details.by)
  invariant(area, 'an organisation is placed on a shard that there is')
  const from = details.from && (await details.from(area))
  const school = from ? area.as({ ...details.by, from }) : area
  const isAdded = await directory.write(
    store.added(directory, organisation),
    directory.placed(organisation.id, on),
    details.contacts ? [await store.contactsSaved(directory, school, details.contacts)] : [],
  )
  invariant(isAdded, 'a new organisation’s DfE number is nobody else’s (`setUp` asks first)')

  const facts = { kind: organisation.kind, shard: school.shard }
  await school.commit(audit.entry(school, 'organisation.created', organisation.id, facts))
  return organisation
}

const NO_PRICE = 0 as Millipence

const organisationOf = (details: NewOrganisation, nowMs: number): Organisation => ({
  id: details.id ?? newId('organisation', nowMs),
  kind: details.kind,
  name: details.name,
  state: details.state ?? 'active',
  products: details.products ?? [],
  partOf: details.partOf ?? null,
  misSupplier: details.misSupplier ?? null,
  dfeNumber: details.dfeNumber ?? null,
  startsOn: details.startsOn ?? null,
  endsOn: details.endsOn ?? null,
  textsFrom: details.textsFrom ?? null,
  emailFrom: details.emailFrom ?? null,
  smsPriceMillipence: details.smsPriceMillipence ?? NO_PRICE,
  passwordDays: null,
  idleMinutes: DEFAULT_IDLE_MINUTES,
  absoluteHours: DEFAULT_ABSOLUTE_HOURS,
  createdAtMs: nowMs,
})
