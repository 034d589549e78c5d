import { createHash } from 'node:crypto'
import type { Grant, Need, Role } from '#access'
import * as access from '#access'
import { invariant, newId, type UserId } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { sessions } from '#workers/access/directory-tables.ts'
import { ABSOLUTE_MS, CONFIRMED_FOR_MS, IDLE_MS, newToken } from '#workers/access/session.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../cast/settle.ts'
import { type Account, type CastUser, castUsers } from '../cast/accounts.ts'
import { thoseLetIn } from './guests.ts'
import { thoseEntitledOtherwise } from './otherwise.ts'

/** Somebody at the door. `token()` is a fresh session each time, so that signing out spoils nothing. */
export type Person = {
  called: string
  /** Whose people they are; null for those whom no door should know. */
  of: schools.OrganisationKind | null
  role: Role
  grants: Grant[]
  products: schools.Product[]
  isReviewOverdue: boolean
  isSupport: boolean
  /** As what they are in St Botolph's area by its leave, or that this is over; null for most. */
  lent: Pick<Person, 'role' | 'years' | 'products'> | 'over' | null
  /** What they have to do before anything else. */
  needs: Need | null
  /** Whether they proved lately who they are. */
  isConfirmed: boolean
  /** Year groups granted; null for all. */
  years: string[] | null
  isNextDoor: boolean
  token(): Promise<string | undefined>
  /** The one whose objects the doors are asked for: of St Botolph's, for whoever is not its own. */
  school: School
}

export type World = { env: Env; directory: Directory; cast: Cast; people: Person[] }

const password = 'a gate left ajar'

/** The cast, and with them everyone who might stand at a door and should not come in. */
export async function open(env: Env): Promise<World> {
  const directory = new Directory(await premisesOf(env))
  const cast = await settle(directory, { password })
  const insiders = await Promise.all([
    insider(directory, cast, 'an Administrator', 'okafor'),
    insider(directory, cast, 'a Data Manager', 'pym'),
    insider(directory, cast, 'a Basic User', 'bell'),
    insider(directory, cast, 'the Administrator next door', 'abara'),
    insider(directory, cast, 'operator, Basic', 'dot'),
    insider(directory, cast, 'operator, Finance', 'lin'),
    insider(directory, cast, 'operator, Administrator', 'sol'),
    insider(directory, cast, 'an authority', 'farrow'),
  ])
  const botolphs = await schools.find(directory, cast.botolphs.id)
  const somebody: Person = {
    ...plain,
    called: '',
    of: null,
    role: 'basic',
    products: botolphs?.products ?? [],
    years: null,
    isNextDoor: false,
    school: botolphsAdministrator(cast),
    token: async () => undefined,
  }
  const others = await thoseEntitledOtherwise(directory, cast, somebody, (school, user) =>
    session(directory, school, user),
  )
  const [halfWay, guests, outsiders] = await Promise.all([
    thoseOnTheirWay(directory, cast),
    guestsOf(directory, cast),
    outsidersOf(directory, cast),
  ])
  return {
    env,
    directory,
    cast,
    people: [...insiders, ...others, ...halfWay, ...guests, ...outsiders],
  }
}

async function insider(
  directory: Directory,
  cast: Cast,
  called: string,
  name: CastUser,
): Promise<Person> {
  const { at, role, yearGroups }: Account = castUsers[name]
  const id = cast[at].user(name)
  const own = cast[at].school
  const organisation = await schools.find(directory, own.id)
  return {
    ...plain,
    called,
    of: organisation?.kind ?? null,
    role,
    products: organisation?.products ?? [],
    years: yearGroups ?? null,
    isNextDoor: at === 'oakfield',
    school: at === 'botolphs' ? own.as({ kind: 'user', id }) : botolphsAdministrator(cast),
    token: () => session(directory, own, id),
  }
}

/** What most people are: without grants, and with nothing in their way. */
const plain = {
  grants: [] as Grant[],
  products: [] as schools.Product[],
  isReviewOverdue: false,
  isSupport: false,
  lent: null,
  needs: null,
  isConfirmed: true,
}

const botolphsAdministrator = ({ botolphs }: Cast): School =>
  botolphs.school.as({ kind: 'user', id: botolphs.user('okafor') })

/** Administrators who have yet to do something before they are in, or before they may do what is riskiest. */
async function thoseOnTheirWay(directory: Directory, cast: Cast): Promise<Person[]> {
  const { school, user } = cast.botolphs
  const on = async (
    called: string,
    person: Partial<Person>,
    change: Partial<typeof sessions.$inferInsert>,
  ): Promise<Person> => ({
    ...(await insider(directory, cast, called, 'okafor')),
    ...person,
    token: () => session(directory, school, user('okafor'), Date.now(), change),
  })
  const needing = (called: string, needs: Need) => on(called, { needs }, { needs })
  const longAgo = { confirmedAtMs: Date.now() - CONFIRMED_FOR_MS }
  return Promise.all([
    needing('an Administrator with a second factor to show', 'second-factor'),
    needing('an Administrator with a second factor to set up', 'enrolment'),
    needing('an Administrator with a password to choose', 'new-password'),
    on('an Administrator who proved it long ago', { isConfirmed: false }, longAgo),
  ])
}

/** People of the operator in St Botolph's area, or just sent out of it. */
async function guestsOf(directory: Directory, cast: Cast): Promise<Person[]> {
  const [dot, sol] = await Promise.all([
    insider(directory, cast, 'operator, Basic', 'dot'),
    insider(directory, cast, 'operator, Administrator', 'sol'),
  ])
  const { school, user } = cast.operator
  return thoseLetIn(directory, cast, { dot, sol }, (own, change) =>
    session(directory, school, user(own === dot ? 'dot' : 'sol'), Date.now(), change),
  )
}

async function outsidersOf(directory: Directory, cast: Cast): Promise<Person[]> {
  const { school } = cast.botolphs
  const left = await administrator(directory, school, 'left@st-botolphs.example')
  await access.suspend(directory, school, left)
  const closed = await schoolIn(directory, 'locked')
  const locked = await administrator(directory, closed, 'head@closed.example')
  const gone = await schoolIn(directory, 'purged')
  const purged = await administrator(directory, gone, 'head@gone.example')

  const outside = (called: string, token: Person['token']): Person => ({
    ...plain,
    called,
    token,
    of: null,
    role: 'administrator',
    years: null,
    isNextDoor: false,
    school: botolphsAdministrator(cast),
  })
  return [
    outside('nobody', async () => undefined),
    outside('a made-up session', async () => newToken()),
    outside('an Administrator who signed out', async () => {
      const token = await session(directory, school, cast.botolphs.user('okafor'))
      await access.signOut(directory, token, { address: '198.51.100.9', country: 'GB' })
      return token
    }),
    outside('an Administrator after twelve hours', () =>
      session(directory, school, cast.botolphs.user('okafor'), Date.now() - ABSOLUTE_MS),
    ),
    outside('an Administrator who was disabled', () => session(directory, school, left)),
    outside('an Administrator of a locked school', () => session(directory, closed, locked)),
    outside('an Administrator of a purged school', () => session(directory, gone, purged)),
  ]
}

async function administrator(directory: Directory, school: School, email: string): Promise<UserId> {
  const details = { role: 'administrator', name: 'Sidney Outside', email, password } as const
  const added = await access.addUser(directory, school, details)
  invariant(typeof added === 'string', 'an account for the doors is not refused')
  return added
}

async function schoolIn(directory: Directory, state: 'locked' | 'purged'): Promise<School> {
  const by = system('seed')
  const details = { kind: 'school', name: 'Closed Infants', state, by } as const
  const { id } = await schools.create(directory, details)
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')
  return school
}

/** A session as signing in makes it, without the hashing, which has tests of its own. */
async function session(
  directory: Directory,
  school: School,
  userId: UserId,
  createdAtMs: number = Date.now(),
  change: Partial<typeof sessions.$inferInsert> = {},
): Promise<string> {
  const token = newToken()
  const id = newId('session')
  await directory.db.insert(sessions).values({
    idHash: createHash('sha256').update(token).digest('base64url'),
    id,
    userId,
    organisationId: school.id,
    record: await school.seal(sessions.record, id, { device: 'Firefox', place: 'GB-3fa94c1b' }),
    confirmedAtMs: Date.now(),
    createdAtMs,
    seenAtMs: Date.now(),
    idleMs: IDLE_MS,
    endsAtMs: createdAtMs + ABSOLUTE_MS,
    ...change,
  })
  return token
}
