import * as access from '#access'
import { callerOf } from '../caller.ts'
import { seeOther } from '../page.tsx'
import { signedInRoute } from '../route.ts'
import { dropSession, sessionToken } from '../session-cookie.ts'

/** Ends the session here and in the browser: also of somebody who is not through with signing in. */
export const signOut = signedInRoute('/sign-out', {
  whileNeeding: ['second-factor', 'enrolment', 'new-password'],
  post: async (visit) => {
    await access.signOut(visit.directory, sessionToken(visit.c), callerOf(visit))
    dropSession(visit.c)
    return seeOther(visit, '/sign-in', 'signed-out')
  },
})
