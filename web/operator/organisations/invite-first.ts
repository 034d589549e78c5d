import * as access from '#access'
import * as accountMail from '#account-mail'
import { isRefusal } from '#kernel'
import type { School } from '#shards'
import type { SchoolVisit } from '../../route.ts'
import { sendSoon } from '../../send-soon.ts'
import { roleNames } from '../../words/roles.ts'
import type { Customer } from './customer.ts'

/**
 * Asks somebody to open a customer's first account, as whoever is in charge of such an organisation.
 * Undefined where they were asked; a trust has nobody.
 */
export async function inviteFirst(
  visit: SchoolVisit,
  school: School,
  organisation: Pick<Customer, 'kind' | 'name'>,
  person: { name: string; email: string },
): Promise<access.InviteRefusal | undefined> {
  const { kind } = organisation
  if (kind === 'trust') return undefined
  const [role] = access.rolesOf[kind]
  const invitee = { ...person, kind, role, grants: [], yearGroups: null }
  const sent = await access.invite(visit.directory, school, invitee, async (to) =>
    accountMail.posted(
      school,
      accountMail.invitation({
        ...to,
        invitedBy: visit.organisation.name,
        organisation: organisation.name,
        role: roleNames[role],
        origin: visit.settings.ORIGIN,
        support: visit.settings.SUPPORT_EMAIL,
      }),
    ),
  )
  if (isRefusal(sent)) return sent
  sendSoon(visit, school)
  return undefined
}
