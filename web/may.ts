import type { Role } from '#access'

/** What a person of a school may be allowed to do. A route names one; so does a button on a page. */
export type Permission =
  | 'see-home'
  | 'see-people'
  | 'change-people'
  | 'see-restrictions'
  | 'change-restrictions'
  | 'import'
  | 'send-messages'
  | 'send-emergencies'
  | 'see-all-messages'
  | 'read-replies'
  | 'mend-contacts'
  | 'see-trail'

export type OperatorPermission = 'see-operator-home' | 'see-health' | 'mend-queues' | 'rotate-keys'

/**
 * PRODUCT §1: who may do what, on one screen. A Basic User sends within the year groups granted and
 * sees own messages only; a Data Manager cannot send; only an Administrator sees the trail, or sends
 * what wakes people at night and may overdraw the account.
 */
const school: Record<'administrator' | 'data-manager' | 'basic', readonly Permission[]> = {
  administrator: [
    'see-home',
    'see-people',
    'change-people',
    'see-restrictions',
    'change-restrictions',
    'import',
    'send-messages',
    'send-emergencies',
    'see-all-messages',
    'read-replies',
    'mend-contacts',
    'see-trail',
  ],
  'data-manager': [
    'see-home',
    'see-people',
    'change-people',
    'see-restrictions',
    'change-restrictions',
    'import',
    'mend-contacts',
  ],
  basic: ['see-home', 'see-people', 'send-messages', 'read-replies'],
}

const operator: Record<
  'operator-basic' | 'operator-finance' | 'operator-administrator',
  readonly OperatorPermission[]
> = {
  'operator-basic': ['see-operator-home', 'see-health'],
  'operator-finance': ['see-operator-home'],
  'operator-administrator': ['see-operator-home', 'see-health', 'mend-queues', 'rotate-keys'],
}

export const may = (user: { role: Role }, permission: Permission): boolean =>
  user.role in school && school[user.role as keyof typeof school].includes(permission)

export const mayAsOperator = (user: { role: Role }, permission: OperatorPermission): boolean =>
  user.role in operator && operator[user.role as keyof typeof operator].includes(permission)
