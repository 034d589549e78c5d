import * as access from '#access'
import type { User } from '#access'
import { isRefusal } from '#kernel'
import { tellUser } from '../../account/own.ts'
import { askFirst } from '../../ask-first.tsx'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { sendSoon } from '../../send-soon.ts'
import { resetRefusals } from '../../words/factors.ts'
import { presentUserOf, userPath } from './whose.ts'

/** A colleague lost their phone and their codes: they set up anew at the next sign-in. */
export const userFactors = everyArea('/users/:user/factors', 'end-access', {
  isConfirmed: true,
  get: async (visit) => {
    const user = await presentUserOf(visit)
    return user ? ask(visit, user) : notFoundPage(visit)
  },

  post: async (visit) => {
    const user = await presentUserOf(visit)
    if (!user) return notFoundPage(visit)

    const { directory, school } = visit
    const refusal = await access.resetFactors(directory, school, user.id, (whom, news) =>
      tellUser(visit, school, whom, news),
    )
    if (isRefusal(refusal)) {
      return refusal.refused === 'own-account'
        ? ask(visit, user, resetRefusals[refusal.refused])
        : notFoundPage(visit)
    }
    sendSoon(visit, school)
    return seeOther(visit, userPath(visit, user.id), 'factors-reset')
  },
})

const ask = (visit: SchoolVisit, user: User, refusal?: string): Promise<Response> =>
  askFirst(visit, {
    title: 'Reset two-step sign-in',
    caption: user.name,
    before:
      'For somebody who has lost their phone or passkey, and their recovery codes. Be sure that it is they who ask: speak to them, do not go by an e-mail.',
    warning:
      'Their passkeys, their app and their recovery codes stop working, and they are signed out everywhere. At the next sign-in they set up anew if their role needs it.',
    button: 'Reset two-step sign-in',
    action: userPath(visit, user.id, '/factors'),
    back: userPath(visit, user.id),
    refusal,
  })
