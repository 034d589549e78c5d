import type { Grant, Role } from '#access'
import type { Product } from '#schools'

/**
 * What somebody is entitled by: their role and grants, what their organisation subscribes to, and what
 * holds them back for now.
 */
export type Entitled = {
  role: Role
  grants: readonly Grant[]
  products: readonly Product[]
  /** Their organisation's review of access is overdue beyond its grace (PRODUCT 3.9). */
  isReviewOverdue: boolean
  /** Somebody of the operator, in a school's area by its leave (PRODUCT 3.6). */
  isSupport: boolean
}

type Rule = {
  readonly roles: readonly Role[]
  /** Whoever has this grant may too, whatever their role. */
  readonly grant?: Grant
  /** Only where it is subscribed to (PRODUCT 2.2). */
  readonly product?: Product
  /** Not while a review of access is overdue: what changes or takes away much. */
  readonly notOverdue?: true
  /** Never somebody of the operator who was let in to help. */
  readonly notSupport?: true
}

const groups = {
  administrator: ['administrator'],
  office: ['administrator', 'data-manager'],
  senders: ['administrator', 'basic'],
  everyone: ['administrator', 'data-manager', 'basic'],
} as const satisfies Record<string, readonly Role[]>
const { administrator, office, senders, everyone } = groups

/**
 * PRODUCT §1: who may do what in a school's area, on one screen. A Basic User sends within the year groups
 * granted and sees own messages only; a Data Manager cannot send; only an Administrator sees the trail, or
 * sends what wakes people at night and may overdraw the account. Taking access away (`end-access`) is never
 * held back by a review that is overdue: that is when it is needed most.
 */
export const schoolRules = {
  'see-home': { roles: everyone },
  'see-register': { roles: everyone },
  'see-people': { roles: everyone },
  'change-people': { roles: office },
  'see-attendance': { roles: office, grant: 'attendance' },
  'see-conduct': { roles: office, grant: 'safeguarding' },
  'see-restrictions': { roles: office, grant: 'safeguarding', notSupport: true },
  'change-restrictions': { roles: office, notSupport: true },
  import: { roles: office, notOverdue: true },
  'export-import': { roles: office, notOverdue: true, notSupport: true },
  'manage-agents': { roles: office, notOverdue: true, notSupport: true },
  'mend-contacts': { roles: office },
  'send-messages': { roles: senders, product: 'call-parents' },
  'send-emergencies': { roles: administrator, product: 'call-parents', notSupport: true },
  'see-all-messages': { roles: administrator, product: 'call-parents' },
  'read-replies': { roles: senders, product: 'call-parents' },
  'see-looks': { roles: administrator, grant: 'safeguarding' },
  'see-administration': { roles: administrator },
  'see-trail': { roles: administrator },
  'export-trail': { roles: administrator, notOverdue: true, notSupport: true },
  'see-support': { roles: administrator, notSupport: true },
  'manage-users': { roles: administrator, notOverdue: true, notSupport: true },
  'end-access': { roles: administrator, notSupport: true },
  'review-access': { roles: administrator, notSupport: true },
  'change-settings': { roles: administrator, notOverdue: true, notSupport: true },
} as const satisfies Record<string, Rule>

const head = ['virtual-school-head'] as const
const authorityStaff = ['virtual-school-head', 'virtual-school-officer', 'social-worker'] as const

export const authorityRules = {
  'see-home': { roles: authorityStaff },
  'see-register': { roles: authorityStaff },
  'see-trail': { roles: head },
  'export-trail': { roles: head, notOverdue: true },
  'manage-users': { roles: head, notOverdue: true },
  'end-access': { roles: head },
  'review-access': { roles: head },
  'change-settings': { roles: head, notOverdue: true },
} as const satisfies Record<string, Rule>

const top = ['operator-administrator'] as const
const finance = ['operator-administrator', 'operator-finance'] as const
const support = ['operator-administrator', 'operator-basic'] as const
const staff = ['operator-administrator', 'operator-finance', 'operator-basic'] as const

/** PRODUCT 3.6 to 3.8: Basic sees configuration and delivery, Finance the accounts, Administrator all. */
export const operatorRules = {
  'see-home': { roles: staff },
  'see-organisations': { roles: support },
  'change-organisations': { roles: top, notOverdue: true },
  'see-health': { roles: support },
  'mend-queues': { roles: top },
  'rotate-keys': { roles: top },
  'see-accounts': { roles: finance },
  'be-let-in': { roles: support, notOverdue: true },
  'enter-by-reason': { roles: top, notOverdue: true },
  'export-in-bulk': { roles: top, notOverdue: true },
  'see-register': { roles: staff },
  'see-trail': { roles: top },
  'export-trail': { roles: top, notOverdue: true },
  'manage-users': { roles: top, notOverdue: true },
  'end-access': { roles: top },
  'review-access': { roles: top },
  'change-settings': { roles: top, notOverdue: true },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof schoolRules
export type AuthorityPermission = keyof typeof authorityRules
export type OperatorPermission = keyof typeof operatorRules
/** What pages that stand in every area ask for. */
export type SharedPermission = Permission & AuthorityPermission & OperatorPermission

export const may = (person: Entitled, permission: Permission): boolean =>
  isEntitled(person, schoolRules[permission])
export const mayAsAuthority = (person: Entitled, permission: AuthorityPermission): boolean =>
  isEntitled(person, authorityRules[permission])
export const mayAsOperator = (person: Entitled, permission: OperatorPermission): boolean =>
  isEntitled(person, operatorRules[permission])

/** For pages that stand in every area: by the rules of the area that they are in. */
export function mayHere(
  person: Entitled,
  area: 'school' | 'authority' | 'operator' | 'trust',
  permission: SharedPermission,
): boolean {
  if (area === 'school') return may(person, permission)
  if (area === 'operator') return mayAsOperator(person, permission)
  return area === 'authority' && mayAsAuthority(person, permission)
}

function isEntitled(person: Entitled, rule: Rule): boolean {
  const isGranted = rule.grant !== undefined && person.grants.includes(rule.grant)
  if (!rule.roles.includes(person.role) && !isGranted) return false
  if (rule.product && !person.products.includes(rule.product)) return false
  if (rule.notOverdue && person.isReviewOverdue) return false
  return !(rule.notSupport && person.isSupport)
}
