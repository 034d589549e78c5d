import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import type { Standing } from '../standing.ts'
import type { User } from '../user.ts'
import type { Circumstances } from './circumstances.ts'
import { totps } from './directory-tables.ts'
import type { MovedOn } from './move-on.ts'
import { enrolled } from './enrolled.ts'
import * as store from './store.ts'
import { appLink, inGroups, newSecret, stepOf } from './totp.ts'

/** A secret for an authenticator app that nobody has yet. */
export type AppProposal = {
  /** For the form: only we can open it, and only for this person. */
  sealed: string
  /** In groups of four. */
  secret: string
  /** What the QR code says. */
  link: string
}

/** A new secret to put into an app. Nothing is kept of it until a code shows that it is there. */
export const proposeApp = (school: School, user: User): Promise<AppProposal> =>
  proposed(school, user, newSecret())

/** The same again, for a form that comes back with an error; a new one where that was not made by us. */
export async function sameApp(school: School, user: User, sealed: string): Promise<AppProposal> {
  return proposed(school, user, (await secretIn(school, user, sealed)) ?? newSecret())
}

/** The app that somebody proposes to show codes of from now on, in place of the one they had. */
export async function enrolApp(
  directory: Directory,
  school: School,
  standing: Standing,
  { sealed, code }: { sealed: string; code: string },
  circumstances: Circumstances,
): Promise<MovedOn | Refusal<'wrong' | 'already-enrolled'>> {
  const secret = await secretIn(school, standing.user, sealed)
  const step = secret === undefined ? undefined : stepOf(secret, code, directory.clock.now())
  if (!secret || step === undefined) return refuse('wrong', 'code')

  const writes = await store.totpSet(directory, school, standing.user.id, {
    secret,
    lastStep: step,
  })
  return enrolled(
    directory,
    school,
    standing,
    {
      writes,
      entry: audit.entry(school, 'factor.added', standing.user.id, { kind: 'app' }),
      news: { what: 'app-added' },
      verifiedBy: 'totp',
    },
    circumstances,
  )
}

async function proposed(school: School, user: User, secret: string): Promise<AppProposal> {
  return {
    sealed: await school.seal(totps.record, user.id, { secret }),
    secret: inGroups(secret),
    link: appLink(secret, user.email),
  }
}

type SealedSecret = (typeof totps.$inferSelect)['record']

async function secretIn(school: School, user: User, sealed: string): Promise<string | undefined> {
  try {
    return (await school.open(totps.record, user.id, sealed as SealedSecret)).secret
  } catch {
    return undefined
  }
}
