import * as access from '#access'
import * as audit from '#audit'
import { invariant, type UserId } from '#kernel'
import type { StaffRecord } from '#people'
import type { Directory, School } from '#shards'
import { totpSet } from '#workers/access/factors/store.ts'
import type { RosterPhone } from '#workers/mis/records/roster.ts'
import { type Account, castUsers, type Place } from './accounts.ts'

type Employee = { record: StaffRecord; phones: RosterPhone[]; emails: string[] }

/** St Botolph’s staff, whom a message can be sent to. */
export const castStaff: Employee[] = [
  employee('Mrs', 'Ngozi', 'Okafor', '+447700900071', castUsers.okafor.email),
  employee('Mr', 'Arthur', 'Pym', '+447700900072', castUsers.pym.email),
  employee('Miss', 'Clara', 'Bell', '+447700900073', castUsers.bell.email),
  employee('Mr', 'Rory', 'Tennant', '+447700900074', castUsers.tennant.email),
]

/**
 * Gives everyone an account with the same password; nobody where there is none. Who must have a second factor has the
 * same app as the others, where there is one; it has shown no code yet, so that the next one works. Whoever has left
 * has an account only where that is asked for.
 */
export async function settleUsers(
  directory: Directory,
  places: Record<Place, School>,
  { password, totp, hasLeaver = false }: { password?: string; totp?: string; hasLeaver?: boolean },
): Promise<Map<string, UserId>> {
  const ids = new Map<string, UserId>()
  if (password === undefined) return ids
  for (const [name, { at, hasLeft, ...person }] of Object.entries<Account>(castUsers)) {
    if (hasLeft && !hasLeaver) continue
    const added = await access.addUser(directory, places[at], { ...person, password })
    invariant(typeof added === 'string', 'an account of the cast is not refused')
    ids.set(name, added)
    if (totp && access.mustHaveSecondFactor({ role: person.role, grants: [] })) {
      await setUpApp(directory, places[at], added, totp)
    }
  }
  return ids
}

async function setUpApp(
  directory: Directory,
  school: School,
  user: UserId,
  secret: string,
): Promise<void> {
  await school.commit(audit.entry(school, 'factor.added', user, { kind: 'app' }))
  await directory.write(await totpSet(directory, school, user, { secret, lastStep: null }))
}

function employee(
  title: string,
  forename: string,
  surname: string,
  e164: string,
  email: string,
): Employee {
  return {
    record: { title, forename, surname },
    phones: [{ e164, kind: 'mobile' }],
    emails: [email],
  }
}
