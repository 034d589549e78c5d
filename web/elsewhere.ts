import type { Need } from '#access'
import { seeOther } from './page.tsx'
import type { PersonVisit, Visit } from './route.ts'

/** Where each thing that stands between a person and their pages is done. */
export const placeFor: Record<Need, string> = {
  'second-factor': '/account/second-factor',
  enrolment: '/account/enrolment',
  'new-password': '/account/new-password',
}

/** The page to come back to: the one asked for, or the one whose form was sent. */
type Page = string | undefined

/** A page asked for by nobody: sign in first, then come back. Only our own paths are come back to. */
export const toSignIn = (visit: Visit, page: Page): Response => goTo(visit, '/sign-in', page)

/** Somebody who is not through with signing in: that first, then back. */
export const toNeeded = (visit: Visit, need: Need, page: Page): Response =>
  goTo(visit, placeFor[need], page)

/**
 * Somebody whose last proof of who they are is too old for this: that first, then back. Of a form nothing is kept
 * but that it was sent: there may be a password in it, and what is risky is never done by itself.
 */
export const toConfirmation = (visit: PersonVisit, page: Page): Response =>
  goTo(visit, '/account/confirmation', page, visit.c.req.method === 'POST' ? { sent: 'yes' } : {})

/** Somebody of the operator whose time in a customer's area is over: back to their own, and told so. */
export const toOwnArea = (visit: Visit): Response => seeOther(visit, '/operator', 'support-over')

function goTo({ c }: Visit, place: string, page: Page, more: Record<string, string> = {}) {
  const asked = new URLSearchParams({ ...(page && page !== '/' && { next: page }), ...more })
  return c.redirect(asked.size > 0 ? `${place}?${asked}` : place, 303)
}
