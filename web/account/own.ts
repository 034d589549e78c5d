import * as access from '#access'
import * as accountMail from '#account-mail'
import { invariant } from '#kernel'
import type { School } from '#shards'
import { callerOf } from '../caller.ts'
import { placeFor } from '../elsewhere.ts'
import type { PersonVisit, Visit } from '../route.ts'
import { keepSession } from '../session-cookie.ts'
import { areaOf } from '../area.ts'
import { pathAfterSignIn } from '../public/next.ts'

/** Somebody's own organisation, with themselves acting: what they do to their own account is in its trail. */
export async function ownArea(visit: PersonVisit): Promise<School> {
  const { user } = visit.standing
  const actor = { kind: 'user', id: user.id } as const
  const area = await visit.directory.school(user.organisationId, actor)
  invariant(area, 'a user’s organisation has a shard')
  return area.as({ ...actor, from: await access.fromWhere(area, callerOf(visit)) })
}

/** What the verbs about second factors need to know of a request. */
export const circumstancesOf = (visit: PersonVisit, school: School): access.Circumstances => ({
  caller: callerOf(visit),
  party: partyOf(visit),
  passwordDays: visit.organisation.passwordDays,
  tell: (news) => tellUser(visit, school, visit.standing.user, news),
})

/** Passkeys are bound to our host, and answers to our very address. */
export function partyOf({ settings }: Visit): access.RelyingParty {
  const { hostname, origin } = new URL(settings.ORIGIN)
  return { name: 'Schoolgate', host: hostname, origin }
}

/** The writes of an e-mail that tells somebody what became of what guards their account. */
export const tellUser = (
  { settings, organisation }: PersonVisit,
  school: School,
  { name, email }: access.User,
  news: access.FactorNews,
) =>
  accountMail.posted(
    school,
    accountMail.factorNews({
      name,
      email,
      news,
      organisation: organisation.name,
      origin: settings.ORIGIN,
      support: settings.SUPPORT_EMAIL,
    }),
  )

/** Where somebody goes on to: what they must still do, or the page that was asked for. */
export function onward(
  needs: access.Need | null,
  next: string | undefined,
  organisation: PersonVisit['organisation'],
): string {
  const path = pathAfterSignIn(next, areaOf(organisation))
  return needs ? `${placeFor[needs]}?next=${encodeURIComponent(path)}` : path
}

/** The session under its new token. */
export const keepMoved = (visit: Visit, { token }: access.MovedOn): void =>
  keepSession(visit.c, token)
