import { type ContactId, invariant, millipence, newId, type PupilId } from '#kernel'
import type { PersonId, PointSaved } from '#people'
import * as schools from '#schools'
import { type Directory, type School, system } from '#shards'
import type { Fingerprint } from '#vault'

/** A school with nobody in it, for a test that puts together its own people from the pieces below. */
export async function emptySchool(
  directory: Directory,
  name: string,
  shard: number,
): Promise<School> {
  const by = system('seed')
  const products = [...schools.productsFor.school]
  const price = { smsPriceMillipence: millipence(2.4) }
  const details = { kind: 'school', name, by, products, ...price } as const
  const { id } = await schools.create(directory, details, shard)
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')
  return school
}

const digest = 'made-in-a-test' as Fingerprint

export const child = (id: PupilId, forename: string, surname: string, known: object = {}) => ({
  id,
  digest,
  record: {
    forename,
    surname,
    preferredForename: null,
    middleNames: null,
    gender: null,
    upn: null,
    admissionNumber: null,
    dateOfBirth: null,
    ...known,
  },
})

export const adult = (id: ContactId, forename: string, surname: string) => ({
  id,
  digest,
  record: {
    title: null,
    forename,
    surname,
    language: null,
  },
})

export const tie = (pupilId: PupilId, contactId: ContactId, priority: number | null = 1) => ({
  id: newId('relationship'),
  pupilId,
  contactId,
  priority,
  relationship: 'Parent',
  hasParentalResponsibility: true,
})

/** A way to reach somebody: a contact by text unless told otherwise. */
export const reach = (
  personId: PersonId,
  value: string,
  more: Partial<PointSaved> = {},
): PointSaved => ({
  id: newId('point'),
  personKind: 'contact',
  personId,
  channel: 'sms',
  value,
  position: 1,
  ...more,
})
