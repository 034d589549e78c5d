import type { NavigationItem } from './kit/index.ts'
import {
  type AuthorityPermission,
  may,
  mayAsAuthority,
  mayAsOperator,
  type OperatorPermission,
  type Permission,
} from './may.ts'
import type { PersonVisit } from './route.ts'

type Section = { text: string; href: string }

const school: readonly (Section & { may: Permission })[] = [
  { text: 'Home', href: '/school', may: 'see-home' },
  { text: 'Messages', href: '/school/messages', may: 'send-messages' },
  { text: 'Replies', href: '/school/replies', may: 'read-replies' },
  { text: 'Pupils', href: '/school/pupils', may: 'see-people' },
  { text: 'Staff', href: '/school/staff', may: 'see-people' },
  { text: 'Contacts to fix', href: '/school/contacts-to-fix', may: 'mend-contacts' },
  { text: 'Contact data', href: '/school/data-quality', may: 'mend-contacts' },
  { text: 'Imports', href: '/school/imports', may: 'import' },
  { text: 'Agents', href: '/school/agents', may: 'manage-agents' },
  { text: 'Users', href: '/school/users', may: 'end-access' },
  { text: 'Settings', href: '/school/settings', may: 'change-settings' },
  { text: 'Reviews', href: '/school/reviews', may: 'review-access' },
  { text: 'Trail', href: '/school/trail', may: 'see-trail' },
  { text: 'Support', href: '/school/support', may: 'see-support' },
]

const authority: readonly (Section & { may: AuthorityPermission })[] = [
  { text: 'Home', href: '/authority', may: 'see-home' },
  { text: 'Users', href: '/authority/users', may: 'end-access' },
  { text: 'Settings', href: '/authority/settings', may: 'change-settings' },
  { text: 'Reviews', href: '/authority/reviews', may: 'review-access' },
  { text: 'Trail', href: '/authority/trail', may: 'see-trail' },
]

const operator: readonly (Section & { may: OperatorPermission })[] = [
  { text: 'Home', href: '/operator', may: 'see-home' },
  { text: 'Organisations', href: '/operator/organisations', may: 'see-organisations' },
  { text: 'Accounts', href: '/operator/accounts', may: 'see-accounts' },
  { text: 'Dead letters', href: '/operator/dead-letters', may: 'see-health' },
  { text: 'Keys', href: '/operator/keys', may: 'rotate-keys' },
  { text: 'Bulk exports', href: '/operator/bulk-exports', may: 'export-in-bulk' },
  { text: 'Users', href: '/operator/users', may: 'end-access' },
  { text: 'Settings', href: '/operator/settings', may: 'change-settings' },
  { text: 'Reviews', href: '/operator/reviews', may: 'review-access' },
  { text: 'Trail', href: '/operator/trail', may: 'see-trail' },
]

/** The sections that this person may enter, with the one they are in marked. */
export function navigationFor(visit: PersonVisit): NavigationItem[] {
  const path = new URL(visit.c.req.url).pathname
  return sectionsFor(visit).map(({ text, href }) => ({
    text,
    href,
    current: currentAs(href, path),
  }))
}

function sectionsFor({ user, organisation, standing }: PersonVisit): Section[] {
  // Who is not through with signing in has nowhere to go yet.
  if (standing.needs) return []
  if (organisation.kind === 'school') return school.filter((section) => may(user, section.may))
  if (organisation.kind === 'operator')
    return operator.filter(({ may: p }) => mayAsOperator(user, p))
  return authority.filter(({ may: p }) => mayAsAuthority(user, p))
}

function currentAs(href: string, path: string): 'page' | 'section' | undefined {
  if (path === href) return 'page'
  return href.split('/').length > 2 && path.startsWith(`${href}/`) ? 'section' : undefined
}
