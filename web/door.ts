import * as access from '#access'
import * as schools from '#schools'
import type { Actor, Beside } from '#shards'
import { callerOf } from './caller.ts'
import { agentAt } from './mis/agent-at.ts'
import { may, mayAsAuthority, mayAsOperator } from './may.ts'
import { notFoundPage } from './error-pages.tsx'
import { toConfirmation, toNeeded, toOwnArea, toSignIn } from './elsewhere.ts'
import type { AgentVisit, Door, Insider, PersonVisit, SchoolVisit, Visit } from './route.ts'
import { sessionToken } from './session-cookie.ts'

/**
 * Opens a route's door, or answers in its place: nobody is asked to sign in; somebody who has yet to show
 * a second factor or choose a password is sent to do it; somebody who may not come in is told that there
 * is no such page, so that a door says nothing of what is behind it; and somebody who may, but has not
 * proved lately who they are, is asked to, where the door wants it. `page` is where those come back to who are
 * sent elsewhere first.
 */
export async function admit(
  door: Door,
  visit: Visit,
  page: string | undefined,
): Promise<Visit | AgentVisit | PersonVisit | SchoolVisit | Response> {
  if (door.kind === 'public' || door.kind === 'carrier') return visit
  if (door.kind === 'agent') return door.proof === 'login' ? agentAt(visit) : visit

  const standing = await access.standing(visit.directory, sessionToken(visit.c))
  const person = standing && (await personAt(door, visit, standing))
  if (!person) return toSignIn(visit, page)
  const { needs } = person.standing
  if (needs && !(door.kind === 'signed-in' && door.whileNeeding.includes(needs))) {
    return toNeeded(visit, needs, page)
  }
  if (wasLetIn(door, person)) return toOwnArea(visit)
  if (!mayEnter(door, person)) return notFoundPage(person)
  if (door.isConfirmed && !isConfirmed(person)) return toConfirmation(person, page)
  if (door.kind === 'signed-in') return person

  const actor = actorOf(person)
  const school = await visit.directory.school(person.organisation.id, actor)
  if (!school) return notFoundPage(visit)
  const from = await access.fromWhere(school, callerOf(visit))
  const beside: Beside = { during: [], after: [] }
  return { ...person, school: school.as({ ...actor, from }, beside), beside }
}

/** Whoever is signed in, in whose area they are, by what they are entitled; nobody of one that is locked. */
export async function personAt(
  door: Pick<Door, 'kind'>,
  visit: Visit,
  standing: access.Standing,
): Promise<PersonVisit | undefined> {
  // The operator's people are in a customer's area only on that area's own pages.
  const support = door.kind === 'school' ? standing.support : null
  const id = support?.organisationId ?? standing.user.organisationId
  const organisation = await schools.find(visit.directory, id)
  if (!organisation || !schools.isOpen(organisation)) return undefined

  const lent = support && { role: support.role, grants: [], yearGroups: support.yearGroups }
  const user: Insider = {
    ...standing.user,
    ...lent,
    products: organisation.products,
    isReviewOverdue: standing.isReviewOverdue,
    isSupport: support !== null,
  }
  return { ...visit, user, organisation, standing }
}

/** At a school's page, by a leave that is over. */
const wasLetIn = (door: Door, { organisation, standing: { session } }: PersonVisit): boolean =>
  door.kind === 'school' && organisation.kind === 'operator' && session.supportAccessId !== null

function mayEnter(door: Door, { user, organisation: { kind } }: PersonVisit): boolean {
  if (door.kind === 'school') return kind === 'school' && may(user, door.may)
  if (door.kind === 'operator') return kind === 'operator' && mayAsOperator(user, door.may)
  if (door.kind === 'authority') return kind === 'authority' && mayAsAuthority(user, door.may)
  return true
}

const isConfirmed = ({ directory, standing }: PersonVisit): boolean =>
  directory.clock.now() - standing.session.confirmedAtMs < access.CONFIRMED_FOR_MS

function actorOf({ user, standing: { support, user: own } }: PersonVisit): Actor {
  if (!user.isSupport || !support) return { kind: 'user', id: user.id }
  return { kind: 'operator', id: user.id, role: own.role, access: support.id }
}
