import { z } from 'zod'
import type * as access from '#access'
import * as accountMail from '#account-mail'
import type { School } from '#shards'
import type { PersonVisit, Visit } from '../route.ts'

/** More than any password there may be: what is longer is not read. */
const LONGEST_READ = 1_000

export const passwordField = (missing: string) =>
  z.string({ error: missing }).min(1, missing).max(LONGEST_READ, 'Enter a shorter password')

/** What the verbs need to know of somebody who chooses a password in their session. */
export const choiceOf = (visit: PersonVisit, school: School, wanted: string): access.Choice => ({
  user: visit.standing.user,
  session: visit.standing.session.id,
  wanted,
  organisation: visit.organisation.name,
  letter: () => changedLetter(visit, school, visit.standing.user, visit.organisation.name),
})

/** The e-mail that tells somebody that their password is another one now. */
export const changedLetter = (
  { settings, directory }: Visit,
  school: School,
  { name, email }: access.User,
  organisation: string,
) =>
  accountMail.posted(
    school,
    accountMail.passwordChanged({
      name,
      email,
      organisation,
      origin: settings.ORIGIN,
      changedAtMs: directory.clock.now(),
      support: settings.SUPPORT_EMAIL,
    }),
  )
