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
}

/** What the page after a form says was done. Kept in a cookie by its name only. */
export const notices = {
  'signed-out': 'You are signed out.',
  'dead-letter-retried': 'The job is back on its queue.',
  'dead-letter-discarded': 'The job was discarded.',
} as const

export type Notice = keyof typeof notices
