import * as access from '#access'
import * as schools from '#schools'
import { callerOf } from './caller.ts'
import { may, mayAsOperator } from './may.ts'
import { notFoundPage } from './error-pages.tsx'
import type { Door, PersonVisit, SchoolVisit, Visit } from './route.ts'
import { sessionToken } from './session-cookie.ts'

/**
 * Opens a route's door, or answers in its place: nobody is asked to sign in; somebody who may not
 * come in is told that there is no such page, so that a door says nothing of what is behind it.
 */
export async function admit(
  door: Door,
  visit: Visit,
): Promise<Visit | PersonVisit | SchoolVisit | Response> {
  if (door.kind === 'public' || door.kind === 'carrier') return visit

  const user = await access.userOfSession(visit.directory, sessionToken(visit.c))
  if (!user) return toSignIn(visit)
  const organisation = await schools.find(visit.directory, user.organisationId)
  if (!organisation || !schools.isOpen(organisation)) return toSignIn(visit)
  if (!mayEnter(door, user, organisation.kind))
    return notFoundPage({ ...visit, user, organisation })
  if (door.kind === 'signed-in') return { ...visit, user, organisation }

  const actor = { kind: 'user', id: user.id } as const
  const school = await visit.directory.school(organisation.id, actor)
  if (!school) return notFoundPage(visit)
  const from = await access.fromWhere(school, callerOf(visit))
  return { ...visit, user, organisation, school: school.as({ ...actor, from }) }
}

function mayEnter(door: Door, user: access.User, kind: schools.OrganisationKind): boolean {
  if (door.kind === 'school') return kind === 'school' && may(user, door.may)
  if (door.kind === 'operator') return kind === 'operator' && mayAsOperator(user, door.may)
  if (door.kind === 'authority') return kind === 'authority'
  return true
}

/** A page asked for by nobody: sign in first, then come back. Only our own paths are come back to. */
function toSignIn(visit: Visit): Response {
  const path = new URL(visit.c.req.url).pathname
  const next =
    visit.c.req.method === 'GET' && path !== '/' ? `?next=${encodeURIComponent(path)}` : ''
  return visit.c.redirect(`/sign-in${next}`, 303)
}
