import { createHash } from 'node:crypto'
import type { Role } from '#access'
import * as access from '#access'
import { invariant, type UserId } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { sessions } from '#workers/access/directory-tables.ts'
import { ABSOLUTE_MS, newToken } from '#workers/access/session.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../cast/settle.ts'
import { type Account, type CastUser, castUsers } from '../cast/accounts.ts'

/** Somebody at the door. `token()` is a fresh session each time, so that signing out spoils nothing. */
export type Person = {
  called: string
  /** Whose people they are; null for those whom no door should know. */
  of: schools.OrganisationKind | null
  role: Role
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
  const outsiders = await outsidersOf(directory, cast)
  return { env, directory, cast, people: [...insiders, ...outsiders] }
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
  return {
    called,
    of: (await schools.find(directory, own.id))?.kind ?? null,
    role,
    years: yearGroups ?? null,
    isNextDoor: at === 'oakfield',
    school: at === 'botolphs' ? own.as({ kind: 'user', id }) : botolphsAdministrator(cast),
    token: () => session(directory, own, id),
  }
}

const botolphsAdministrator = ({ botolphs }: Cast): School =>
  botolphs.school.as({ kind: 'user', id: botolphs.user('okafor') })

async function outsidersOf(directory: Directory, cast: Cast): Promise<Person[]> {
  const { school } = cast.botolphs
  const left = await administrator(directory, school, 'left@st-botolphs.example')
  await access.disableUser(directory, school, left)
  const closed = await lockedSchool(directory)
  const locked = await administrator(directory, closed, 'head@closed.example')

  const outside = (called: string, token: Person['token']): Person => ({
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
  ]
}

async function administrator(directory: Directory, school: School, email: string): Promise<UserId> {
  const details = { role: 'administrator', name: 'Sidney Outside', email, password } as const
  const added = await access.addUser(directory, school, details)
  invariant(typeof added === 'string', 'an account for the doors is not refused')
  return added
}

async function lockedSchool(directory: Directory): Promise<School> {
  const by = system('seed')
  const details = { kind: 'school', name: 'Closed Infants', state: 'locked', by } as const
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
): Promise<string> {
  const token = newToken()
  const idHash = createHash('sha256').update(token).digest('base64url')
  const seenAtMs = Date.now()
  const endsAtMs = createdAtMs + ABSOLUTE_MS
  await directory.db
    .insert(sessions)
    .values({ idHash, userId, organisationId: school.id, createdAtMs, seenAtMs, endsAtMs })
  return token
}
