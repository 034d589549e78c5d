import * as access from '#access'
import { invariant, newId, type UserId } from '#kernel'
import * as schools from '#schools'
import { type Directory, type School, system } from '#shards'
import { reviews } from '#workers/access/reviews/directory-tables.ts'
import type { Cast } from '../cast/settle.ts'
import type { Person } from './people.ts'

type Opened = (school: School, user: UserId) => Promise<string>
type Details = Pick<access.NewUser, 'role'> & Partial<Pick<access.NewUser, 'grants'>>

const LONG_OVERDUE_MS = 15 * 24 * 60 * 60_000
const everything = [...schools.productsFor.school]

/**
 * People whom something else than their role entitles or holds back: each grant, the roles of an authority,
 * and Administrators of neighbours on trial, under notice, without a product, or with a review overdue.
 */
export async function thoseEntitledOtherwise(
  directory: Directory,
  cast: Cast,
  plain: Person,
  opened: Opened,
): Promise<Person[]> {
  const own = (called: string, details: Details) =>
    somebody(directory, cast.botolphs.school, { ...plain, called, of: 'school' }, details, opened)
  const officer = (called: string, role: access.Role) =>
    somebody(
      directory,
      cast.northmoor.school,
      { ...plain, called, of: 'authority' },
      { role },
      opened,
    )
  const neighbour = async (called: string, state: schools.ContractState, products = everything) => {
    const school = await schoolWith(directory, called, state, products)
    const person = { ...plain, called, of: 'school', products, isNextDoor: true } as const
    const head = { role: 'administrator' } as const
    return { school, person: await somebody(directory, school, person, head, opened) }
  }
  const overdue = await neighbour('an Administrator whose review is overdue', 'active')
  await reviewOverdue(directory, overdue.school)
  const [trial, notice, unsubscribed] = await Promise.all([
    neighbour('an Administrator on trial', 'trial'),
    neighbour('an Administrator under notice', 'notice'),
    neighbour('an Administrator without any product', 'active', []),
  ])
  return [
    await own('a Basic User with the Safeguarding grant', safeguarding),
    await own('a Basic User with the Attendance grant', { role: 'basic', grants: ['attendance'] }),
    await own('a Data Manager with the Payments grant', payments),
    await officer('a virtual school officer', 'virtual-school-officer'),
    await officer('a social worker', 'social-worker'),
    { ...overdue.person, isReviewOverdue: true },
    trial.person,
    notice.person,
    unsubscribed.person,
  ]
}

const safeguarding: Details = { role: 'basic', grants: ['safeguarding'] }
const payments: Details = { role: 'data-manager', grants: ['payments'] }

async function somebody(
  directory: Directory,
  school: School,
  person: Person,
  details: Details,
  opened: Opened,
): Promise<Person> {
  const id = await access.addUser(directory, school, {
    ...details,
    name: 'Morgan Threshold',
    email: `${newId('user')}@example.org`,
    password: 'a gate left ajar',
  })
  invariant(typeof id === 'string', 'an account for the doors is not refused')
  const isOwn = person.of === 'school' && !person.isNextDoor
  return {
    ...person,
    role: details.role,
    grants: details.grants ?? [],
    school: isOwn ? school.as({ kind: 'user', id }) : person.school,
    token: () => opened(school, id),
  }
}

async function schoolWith(
  directory: Directory,
  name: string,
  state: schools.ContractState,
  products: schools.Product[],
): Promise<School> {
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'school', name, state, products, by })
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')
  return school
}

async function reviewOverdue(directory: Directory, school: School): Promise<void> {
  const dueAtMs = directory.clock.now() - LONG_OVERDUE_MS
  const row = { id: newId('review'), organisationId: school.id, term: '2026-autumn' as const }
  await directory.write([
    directory.db.insert(reviews).values({ ...row, openedAtMs: dueAtMs - LONG_OVERDUE_MS, dueAtMs }),
  ])
}
