import type { Role } from '#access'

/** Roles, as people read them. */
export const roleNames: Record<Role, string> = {
  administrator: 'Administrator',
  'data-manager': 'Data Manager',
  basic: 'Basic User',
  'operator-basic': 'Operator, Basic',
  'operator-finance': 'Operator, Finance',
  'operator-administrator': 'Operator, Administrator',
  'virtual-school-head': 'Virtual school head',
  'virtual-school-officer': 'Virtual school officer',
  'social-worker': 'Social worker',
}
