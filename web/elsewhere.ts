import type { Need } from '#access'
import { seeOther } from './page.tsx'
import type { PersonVisit, Visit } from './route.ts'

/** Where each thing that stands between a person and their pages is done. */
export const placeFor: Record<Need, string> = {
  'second-factor': '/account/second-factor',
  enrolment: '/account/enrolment',
  'new-password': '/account/new-password',
}

/** A page asked for by nobody: sign in first, then come back. Only our own paths are come back to. */
export const toSignIn = (visit: Visit): Response => goTo(visit, '/sign-in')

/** Somebody who is not through with signing in: that first, then back. */
export const toNeeded = (visit: Visit, need: Need): Response => goTo(visit, placeFor[need])

/** Somebody whose last proof of who they are is too old for this: that first, then back. */
export const toConfirmation = (visit: PersonVisit): Response => goTo(visit, '/account/confirmation')

/** Somebody of the operator whose time in a customer's area is over: back to their own, and told so. */
export const toOwnArea = (visit: Visit): Response => seeOther(visit, '/operator', 'support-over')

function goTo(visit: Visit, place: string): Response {
  const path = new URL(visit.c.req.url).pathname
  const isAsked = visit.c.req.method === 'GET' && path !== '/'
  return visit.c.redirect(isAsked ? `${place}?next=${encodeURIComponent(path)}` : place, 303)
}
