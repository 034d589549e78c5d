import type { NavigationItem } from './kit/index.ts'
import { may, mayAsOperator, type OperatorPermission, type Permission } from './may.ts'
import type { PersonVisit } from './route.ts'

type Section = { text: string; href: string }

const school: readonly (Section & { may: Permission })[] = [
  { text: 'Home', href: '/school', may: 'see-home' },
  { text: 'Messages', href: '/school/messages', may: 'send-messages' },
  { text: 'Replies', href: '/school/replies', may: 'read-replies' },
  { text: 'Pupils', href: '/school/pupils', may: 'see-people' },
  { text: 'Staff', href: '/school/staff', may: 'see-people' },
  { text: 'Contacts to fix', href: '/school/contacts-to-fix', may: 'mend-contacts' },
  { text: 'Imports', href: '/school/imports', may: 'import' },
  { text: 'Trail', href: '/school/trail', may: 'see-trail' },
]

const operator: readonly (Section & { may: OperatorPermission })[] = [
  { text: 'Dead letters', href: '/operator/dead-letters', may: 'see-health' },
  { text: 'Keys', href: '/operator/keys', may: 'rotate-keys' },
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

function sectionsFor({ user, organisation }: PersonVisit): Section[] {
  if (organisation.kind === 'school') return school.filter((section) => may(user, section.may))
  if (organisation.kind === 'operator') {
    const home = { text: 'Home', href: '/operator' }
    return [home, ...operator.filter((section) => mayAsOperator(user, section.may))]
  }
  return [{ text: 'Home', href: '/authority' }]
}

function currentAs(href: string, path: string): 'page' | 'section' | undefined {
  if (path === href) return 'page'
  return href.split('/').length > 2 && path.startsWith(`${href}/`) ? 'section' : undefined
}
