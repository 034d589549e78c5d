import * as accountMail from '#account-mail'
import type { Letter, Role } from '#access'
import type { Organisation } from '#schools'
import type { School } from '#shards'
import type { PersonVisit } from '../../route.ts'
import { roleNames } from '../../words/roles.ts'

type To = { organisation: Pick<Organisation, 'name'>; role: Role }

/**
 * The e-mail of an invitation to an organisation, from whoever visits: for `access.invite`. `school` is the
 * area of the organisation that invites, whose outbox sends it (`sendSoon`).
 */
export const letterFrom =
  ({ user, settings }: PersonVisit, school: School, { organisation, role }: To): Letter =>
  (to) =>
    accountMail.posted(
      school,
      accountMail.invitation({
        ...to,
        invitedBy: user.name,
        organisation: organisation.name,
        role: roleNames[role],
        origin: settings.ORIGIN,
        support: settings.SUPPORT_EMAIL,
      }),
    )
