import * as access from '#access'
import { seeOther } from '../page.tsx'
import { signedInRoute } from '../route.ts'
import { ownArea } from './own.ts'

/** Whoever let support in by a code of theirs sends it out again. */
export const screeningEnd = signedInRoute('/account/screening/end', {
  post: async (visit) => {
    const ended = await access.endOwnGuests(visit.directory, await ownArea(visit))
    return seeOther(visit, '/account/screening', ended > 0 ? 'support-ended' : 'support-was-over')
  },
})
