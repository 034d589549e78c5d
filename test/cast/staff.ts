import * as access from '#access'
import { invariant, type UserId } from '#kernel'
import type { StaffRecord } from '#people'
import type { Directory, School } from '#shards'
import type { RosterPhone } from '#workers/mis/roster.ts'
import { type Account, castUsers, type Place } from './accounts.ts'

type Employee = { record: StaffRecord; phones: RosterPhone[]; emails: string[] }

/** St Botolph’s staff, whom a message can be sent to. */
export const castStaff: Employee[] = [
  employee('Mrs', 'Ngozi', 'Okafor', '+447700900071', castUsers.okafor.email),
  employee('Mr', 'Arthur', 'Pym', '+447700900072', castUsers.pym.email),
  employee('Miss', 'Clara', 'Bell', '+447700900073', castUsers.bell.email),
  employee('Mr', 'Rory', 'Tennant', '+447700900074', 'tennant@st-botolphs.example'),
]

/** Gives everyone an account with the same password; nobody where there is none. */
export async function settleUsers(
  directory: Directory,
  places: Record<Place, School>,
  password: string | undefined,
): Promise<Map<string, UserId>> {
  const ids = new Map<string, UserId>()
  if (password === undefined) return ids
  for (const [name, { at, ...person }] of Object.entries<Account>(castUsers)) {
    const added = await access.addUser(directory, places[at], { ...person, password })
    invariant(typeof added === 'string', 'an account of the cast is not refused')
    ids.set(name, added)
  }
  return ids
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
