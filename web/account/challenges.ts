import { z } from 'zod'
import * as access from '#access'
import { notFoundPage } from '../error-pages.tsx'
import { readForm } from '../form.ts'
import { signedInRoute } from '../route.ts'
import { ownArea, partyOf } from './own.ts'

const form = z.object({ purpose: z.enum(['enrol', 'verify']) })

/** What a passkey is to sign: asked for by the island the moment somebody presses. */
export const challenges = signedInRoute('/account/challenges', {
  whileNeeding: ['second-factor', 'enrolment'],
  post: async (visit) => {
    const read = await readForm(visit.c, form)
    if (!read.ok) return visit.c.json({}, 422)
    const { purpose } = read.value
    const { user, needs } = visit.standing
    // Whoever has yet to show a factor makes none, and whoever has none shows none.
    if (needs === (purpose === 'enrol' ? 'second-factor' : 'enrolment')) return notFoundPage(visit)

    const make = purpose === 'enrol' ? access.challengeToEnrol : access.challengeToVerify
    const school = await ownArea(visit)
    return visit.c.json(await make(visit.directory, school, user, partyOf(visit)))
  },
})
