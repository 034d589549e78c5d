import * as access from '#access'
import * as audit from '#audit'
import { type GroupId, inBatches, invariant, millipence, newId, type PupilId } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, DIRECTORY_HOLDER, type School, type Statement, system } from '#shards'
import { totpSet } from '#workers/access/factors/store.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { ADULT_MEN, ADULT_WOMEN, BOYS, GIRLS, SURNAMES } from '../../test/cast/names.ts'
import { numbers, SCHOOL_NUMBER } from './numbers.ts'

export type Settled = { school: string; shard: number; pupils: PupilId[]; email: string }

const SHARD = 0
const CREDIT = millipence(100_000_000)
const PRICE = millipence(2.4)
const PUPILS_A_COMMIT = 500
const YEARS = 7
const GROUPS = 70

/**
 * A large invented school by the front doors: each pupil has two contacts, each contact an e-mail
 * address and a number, shared where there are fewer numbers than contacts.
 */
export async function settle(
  env: Env,
  { pupils, password, totp }: { pupils: number; password?: string; totp?: string },
): Promise<Settled> {
  const directory = new Directory(await premisesOf(env))
  await directory.premises.vault.create(DIRECTORY_HOLDER)
  const by = system('seed')
  const details = {
    name: 'Brackenfield Academy',
    products: [...schools.productsFor.school],
    textsFrom: SCHOOL_NUMBER,
    emailFrom: 'office@example.org',
  }
  const organisation = await schools.create(
    directory,
    { kind: 'school', ...details, smsPriceMillipence: PRICE, by },
    SHARD,
  )
  const school = await directory.school(organisation.id, by)
  invariant(school, 'a school that was placed has a shard')
  await schools.bought(school, CREDIT)

  const email = 'marsden@example.org'
  if (password && totp) await employ(directory, school, { email, password, totp })
  return { school: school.id, shard: SHARD, pupils: await enrolAll(school, pupils), email }
}

/** The Administrator, with an app that has shown no code yet. */
async function employ(
  directory: Directory,
  school: School,
  { email, password, totp }: { email: string; password: string; totp: string },
): Promise<void> {
  const details = { role: 'administrator', name: 'Ms Ruth Marsden', email, password } as const
  const id = await access.addUser(directory, school, details)
  invariant(typeof id === 'string', 'an account of a bench is not refused')
  await directory.write(await totpSet(directory, school, id, { secret: totp, lastStep: null }))
}

async function enrolAll(school: School, count: number): Promise<PupilId[]> {
  const groups = Array.from({ length: GROUPS }, (_, place) => newId('group', Date.now() + place))
  const years = Array.from({ length: YEARS }, (_, place) => newId('group', Date.now() + place))
  await school.commit(
    ...(await people.groupsSaved(school, [
      ...years.map((id, place) => ({ id, kind: 'year' as const, name: `Year ${place + 7}` })),
      ...groups.map((id, place) => ({ id, kind: 'registration' as const, name: groupName(place) })),
    ])),
    audit.entry(school, 'group.added', school.id),
  )
  const places = Array.from({ length: count }, (_, place) => place)
  const ids: PupilId[] = []
  for (const some of inBatches(places, PUPILS_A_COMMIT)) {
    const pupils = some.map((place) => ({ id: newId('pupil'), place }))
    const writes = await enrolled(school, pupils, count, { groups, years })
    await school.commit(
      ...writes,
      audit.entry(school, 'roll.seeded', school.id, { pupils: some.length }),
    )
    ids.push(...pupils.map(({ id }) => id))
  }
  return ids
}

type Placed = { id: PupilId; place: number }
type Rooms = { groups: GroupId[]; years: GroupId[] }

const groupName = (place: number) => `${Math.floor(place / 10) + 7}${'ABCDEFGHJK'[place % 10]}`
const of = <T>(list: readonly T[], place: number): T => list[place % list.length] as T

async function enrolled(
  school: School,
  pupils: Placed[],
  count: number,
  rooms: Rooms,
): Promise<Statement[]> {
  const adults = pupils.flatMap(({ id, place }) =>
    [0, 1].map((which) => ({
      id: newId('contact'),
      pupilId: id,
      which,
      place: place + which * count,
    })),
  )
  const digest = (id: string) => school.fingerprint('digest', id)
  const pupilRows = pupils.map(async ({ id, place }) => ({
    id,
    record: pupilRecord(place),
    digest: await digest(id),
  }))
  const contactRows = adults.map(async ({ id, place, which }) => ({
    id,
    record: adultRecord(place, which),
    digest: await digest(id),
  }))
  return [
    ...(await people.pupilsSaved(school, await Promise.all(pupilRows))),
    ...(await people.contactsSaved(school, await Promise.all(contactRows))),
    ...(await people.pointsSaved(school, adults.flatMap(pointsOf))),
    ...(await people.relationshipsSaved(school, adults.map(tie))),
    ...people.membershipsReplaced(
      school,
      [],
      pupils.flatMap((one) => memberships(one, rooms)),
    ),
  ]
}

const pupilRecord = (place: number) => ({
  forename: of(place % 2 === 0 ? GIRLS : BOYS, place >> 1),
  surname: of(SURNAMES, Math.floor(place / 7)),
  preferredForename: null,
  middleNames: null,
  upn: null,
  admissionNumber: String(10_000 + place),
  gender: place % 2 === 0 ? 'F' : 'M',
  dateOfBirth: `20${10 + (place % YEARS)}-0${1 + (place % 9)}-1${place % 9}`,
})

const adultRecord = (place: number, which: number) => ({
  title: which === 0 ? 'Mrs' : 'Mr',
  forename: of(which === 0 ? ADULT_WOMEN : ADULT_MEN, place),
  surname: of(SURNAMES, Math.floor(place / 7)),
  language: null,
})

type Adult = {
  id: ReturnType<typeof newId<'contact'>>
  pupilId: PupilId
  which: number
  place: number
}

const pointsOf = ({ id, place }: Adult) => [
  {
    id: newId('point'),
    ...whose(id),
    channel: 'sms' as const,
    value: of(numbers, place),
    position: 1,
  },
  {
    id: newId('point'),
    ...whose(id),
    channel: 'email' as const,
    value: `adult${place}@example.com`,
    position: 1,
  },
]

const whose = (personId: Adult['id']) => ({ personKind: 'contact' as const, personId })

const tie = ({ id, pupilId, which }: Adult) => ({
  id: newId('relationship'),
  pupilId,
  contactId: id,
  relationship: which === 0 ? 'Mother' : 'Father',
  priority: which + 1,
  hasParentalResponsibility: true,
})

const memberships = ({ id, place }: Placed, { groups, years }: Rooms) => [
  { groupId: of(groups, place), pupilId: id },
  { groupId: of(years, Math.floor((place % GROUPS) / 10)), pupilId: id },
]
