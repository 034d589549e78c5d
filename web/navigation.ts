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

/** `within` are the paths beside its own where somebody is in this section too. */
type Section = { text: string; href: string; within?: readonly string[] }

/** What stands together on the page Administration, each with what it is for. */
export const administration: readonly (Section & { may: Permission; about: string })[] = [
  {
    text: 'Users',
    href: '/school/users',
    may: 'end-access',
    about: 'Who may sign in for your school, and what each may do. Invite, change, suspend.',
  },
  {
    text: 'Reviews',
    href: '/school/reviews',
    may: 'review-access',
    about: 'Each term you confirm that everybody still needs what they may do.',
  },
  {
    text: 'Settings',
    href: '/school/settings',
    may: 'change-settings',
    about: 'How often passwords are changed, and how long people stay signed in.',
  },
  {
    text: 'Trail',
    href: '/school/trail',
    may: 'see-trail',
    about: 'Who did what, when and from where. Nobody can change it.',
  },
  {
    text: 'Support',
    href: '/school/support',
    may: 'see-support',
    about: 'When Schoolgate’s people were let into your area, and what they did there.',
  },
]

const school: readonly (Section & { may: Permission })[] = [
  { text: 'Home', href: '/school', may: 'see-home' },
  { text: 'Messages', href: '/school/messages', may: 'send-messages' },
  { text: 'Replies', href: '/school/replies', may: 'read-replies' },
  { text: 'Pupils', href: '/school/pupils', may: 'see-people' },
  { text: 'Staff', href: '/school/staff', may: 'see-people' },
  {
    text: 'Contact data',
    href: '/school/data-quality',
    may: 'mend-contacts',
    within: ['/school/contacts-to-fix', '/school/write-backs'],
  },
  { text: 'Imports', href: '/school/imports', may: 'import', within: ['/school/mappings'] },
  { text: 'Agents', href: '/school/agents', may: 'manage-agents' },
  {
    text: 'Administration',
    href: '/school/administration',
    may: 'see-administration',
    within: administration.map(({ href }) => href),
  },
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
  return sectionsFor(visit).map((section) => ({
    text: section.text,
    href: section.href,
    current: currentAs(section, path),
  }))
}

/** The section that a page is the first step into, for the way back; undefined for one of the menu itself. */
export function aboveIt(visit: PersonVisit): { text: string; href: string } | undefined {
  const path = new URL(visit.c.req.url).pathname
  return sectionsFor(visit).find(({ within }) => within?.includes(path))
}

function sectionsFor({ user, organisation, standing }: PersonVisit): readonly Section[] {
  // Who is not through with signing in has nowhere to go yet.
  if (standing.needs) return []
  if (organisation.kind === 'school') return school.filter((section) => may(user, section.may))
  if (organisation.kind === 'operator')
    return operator.filter(({ may: p }) => mayAsOperator(user, p))
  return authority.filter(({ may: p }) => mayAsAuthority(user, p))
}

function currentAs({ href, within = [] }: Section, path: string): 'page' | 'section' | undefined {
  if (path === href) return 'page'
  const isIn = (start: string) => path === start || path.startsWith(`${start}/`)
  return (href.split('/').length > 2 && isIn(href)) || within.some(isIn) ? 'section' : undefined
}
