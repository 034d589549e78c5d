import * as access from '#access'
import * as audit from '#audit'
import {
  type ContactId,
  invariant,
  millipence,
  newId,
  type PupilId,
  type StaffId,
  type UserId,
} from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import type { Organisation } from '#schools'
import { type Directory, DIRECTORY_HOLDER, type School, system } from '#shards'
import { type FileKind, inspect, readRoster } from '#workers/mis/read/index.ts'
import { type CastUser, castUsers } from './accounts.ts'
import { enrol, pointsOf } from './enrol.ts'
import {
  asRoster,
  botolphsChildren,
  LEAVER,
  oakfieldChildren,
  RESTRICTED_FATHER,
} from './families.ts'
import { rosterCsv } from './roster-file.ts'
import { castStaff, settleUsers } from './staff.ts'

export type Settling = {
  /** Of every account; without it there are no accounts, which spares a test the hashing. */
  password?: string
  /** The secret, in base 32, of the app of everyone who must have a second factor; without it nobody has one. */
  totp?: string
  /** St Botolph's has its review of access open, half way to its due day. */
  hasReview?: boolean
  /** Mr Tennant left St Botolph's yesterday, and nobody has closed his account. */
  hasLeaver?: boolean
  /** Further invented pupils for each school, so that pages look as they will. */
  furtherPupils?: number
}

/** An organisation of the cast, with the machine itself acting in `school`. */
export type CastOrganisation = {
  id: Organisation['id']
  school: School
  user(name: CastUser): UserId
}

export type CastSchool = CastOrganisation & {
  /** By "Teddy Marsh". Throws for a name that is not of the cast. */
  pupil(name: string): PupilId
  contact(name: string): ContactId
}

export type Cast = {
  botolphs: CastSchool
  oakfield: CastSchool
  northmoor: CastOrganisation
  operator: CastOrganisation
}

/**
 * Fills an empty world with the cast: two schools on different shards, an authority, the operator,
 * and everyone in them. It goes through the front doors that people go through.
 */
export async function settle(directory: Directory, options: Settling = {}): Promise<Cast> {
  await directory.premises.vault.create(DIRECTORY_HOLDER)
  const operator = await organisation(directory, { kind: 'operator', name: 'Schoolgate' }, 0)
  const northmoor = await organisation(
    directory,
    { kind: 'authority', name: 'Northmoor Council', products: ['looked-after-call'] },
    1,
  )
  const botolphs = await organisation(directory, botolphsDetails, 0)
  const oakfield = await organisation(directory, oakfieldDetails, 1)
  const userIds = await settleUsers(directory, { operator, northmoor, botolphs, oakfield }, options)

  if (options.hasReview) await underReview(directory, botolphs)

  const user = (name: CastUser) => known(userIds, name)
  return {
    operator: { id: operator.id, school: operator, user },
    northmoor: { id: northmoor.id, school: northmoor, user },
    botolphs: { ...(await fillBotolphs(botolphs, options)), user },
    oakfield: { ...(await fillOakfield(oakfield, options)), user },
  }
}

const DAY_MS = 864e5
const PRICE = millipence(2.4)
const FIRST_CREDIT = millipence(25_000)

const botolphsDetails = {
  kind: 'school' as const,
  name: 'St Botolph’s Primary',
  // As test/samples/mis-ctf says of its school.
  dfeNumber: '380/2093' as const,
  products: [...schools.productsFor.school],
  misSupplier: 'Arbor Education',
  textsFrom: '+447700900001',
  emailFrom: 'office@st-botolphs.example',
  smsPriceMillipence: PRICE,
}

const oakfieldDetails = {
  kind: 'school' as const,
  name: 'Oakfield Academy',
  dfeNumber: '873/2001' as const,
  products: ['call-parents' as const],
  misSupplier: 'Bromcom Computers',
  textsFrom: '+447700900002',
  emailFrom: 'office@oakfield.example',
  smsPriceMillipence: PRICE,
}

type Details = Omit<schools.NewOrganisation, 'by'>

async function organisation(
  directory: Directory,
  details: Details,
  shard: number,
): Promise<School> {
  const by = system('seed')
  const shards = directory.premises.shards.length
  const { id } = await schools.create(directory, { ...details, by }, shard % shards)
  const school = await directory.school(id, by)
  invariant(school, 'an organisation of the cast was placed')
  return school
}

/** Opened two weeks ago, so that it is due in two; its first reminder has gone. */
async function underReview(directory: Directory, school: School): Promise<void> {
  const openedAtMs = directory.clock.now() - 14 * DAY_MS
  await access.openReview(directory, school, access.termAt(openedAtMs), openedAtMs)
  const review = await access.openReviewOf(directory, school.id)
  invariant(review, 'a review that was opened is open')
  await directory.write(access.reviewReminded(directory, review.id))
}

async function fillBotolphs(school: School, { furtherPupils = 0, hasLeaver = false }: Settling) {
  await schools.bought(school, FIRST_CREDIT, 'first-credit')
  const enrolled = await enrol(school, asRoster(botolphsChildren, 4001))
  await enrol(school, furtherRoster(furtherPupils, 4))
  await leave(school, known(enrolled.pupils, LEAVER))
  await restrict(
    school,
    known(enrolled.contacts, RESTRICTED_FATHER),
    known(enrolled.pupils, 'Teddy Marsh'),
  )
  await employ(school, hasLeaver)
  return { id: school.id, school, ...named(enrolled) }
}

async function fillOakfield(school: School, { furtherPupils = 0 }: Settling) {
  await schools.bought(school, FIRST_CREDIT, 'first-credit')
  const enrolled = await enrol(school, asRoster(oakfieldChildren, 4002))
  await enrol(school, furtherRoster(furtherPupils, 9))
  return { id: school.id, school, ...named(enrolled) }
}

const named = ({ pupils, contacts }: Awaited<ReturnType<typeof enrol>>) => ({
  pupil: (name: string) => known(pupils, name),
  contact: (name: string) => known(contacts, name),
})

function known<Id>(ids: ReadonlyMap<string, Id>, name: string): Id {
  const id = ids.get(name)
  if (!id) throw new Error(`${name} is not settled; those who are: ${[...ids.keys()].join(', ')}`)
  return id
}

/** Numbers before it are those of `docs/samples/pupils.csv`, so that the sample brings new pupils. */
const AFTER_THE_SAMPLE = 300

/** Pupils out of an invented export, read as an import reads it. */
function furtherRoster(pupils: number, seed: number) {
  if (pupils === 0) return []
  const bytes = new TextEncoder().encode(rosterCsv({ pupils, seed, from: AFTER_THE_SAMPLE }))
  const inspected = inspect(bytes, 'pupils.csv')
  invariant(inspected.ok && inspected.kind === 'csv', 'an invented export is a CSV')
  const read = readRoster(bytes, 'csv' satisfies FileKind, inspected.suggested)
  invariant(read.ok, 'an invented export can be read')
  return read.roster.pupils
}

/** At the end of the last summer term. */
async function leave(school: School, pupil: PupilId): Promise<void> {
  const now = new Date(school.clock.now())
  const isPast = now.getUTCMonth() >= 8
  const leftAtMs = Date.UTC(now.getUTCFullYear() - (isPast ? 0 : 1), 6, 21)
  await school.commit(
    ...people.pupilsLeft(school, [pupil], leftAtMs),
    audit.entry(school, 'pupil.left', pupil),
  )
}

/** A court's order: nothing at all to this contact about this child. */
async function restrict(school: School, contactId: ContactId, pupilId: PupilId): Promise<void> {
  const id = newId('restriction')
  const restriction = {
    id,
    contactId,
    pupilId,
    scope: 'all-contact' as const,
    source: 'school' as const,
    startsAtMs: school.clock.now() - 90 * DAY_MS,
    reviewAtMs: school.clock.now() + 180 * DAY_MS,
    record: {
      reason: 'Non-molestation order: no contact with Teddy or his mother',
      evidence: 'Copy of the order in the safeguarding file',
      owner: 'Mrs Okafor',
    },
  }
  await school.commit(
    ...(await people.restrictionsSaved(school, [restriction])),
    audit.entry(school, 'restriction.added', id),
  )
}

async function employ(school: School, hasLeaver: boolean): Promise<void> {
  const staff = castStaff.map((person) => ({ id: newId('staff') as StaffId, ...person }))
  const left = staff.filter(({ emails }) => hasLeaver && emails.includes(castUsers.tennant.email))
  const leftIds = left.map(({ id }) => id)
  await school.commit(
    ...(await people.staffSaved(
      school,
      staff.map(({ id, record }) => ({ id, record })),
    )),
    ...(await people.pointsSaved(
      school,
      staff.flatMap(({ id, ...reached }) => pointsOf(id, reached, 'staff')),
    )),
    people.staffLeft(school, leftIds, school.clock.now() - DAY_MS),
    audit.entry(school, 'staff.added', school.id, { staff: staff.length }),
  )
}
