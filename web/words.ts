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
  'message-sending': 'The message is on its way.',
  'message-scheduled': 'The message is scheduled.',
  'message-cancelled': 'The message is cancelled. Nobody was sent anything.',
  'message-discarded': 'The draft was thrown away.',
  'message-left':
    'That could not be done: the message has left already, or somebody else changed it.',
  'replies-read': 'Marked as read.',
  'dead-letter-retried': 'The job is back on its queue.',
  'dead-letter-discarded': 'The job was discarded.',
  'keys-wrapped': 'Every keyring is under the newest master key.',
  'keys-wrapped-in-part': 'Some keyrings are done. Press again for the rest.',
  'key-rotated': 'New data is sealed under a fresh key, within a minute everywhere.',
  'data-resealed':
    'All that was found is sealed under the newest key: records, users and kept files.',
  'data-resealed-in-part': 'Some of it is done. Press again for the rest.',
  'restriction-added': 'The restriction is in place.',
  'restriction-ended': 'The restriction has ended.',
  'point-mended': 'The contact is corrected.',
  'point-confirmed': 'The contact stays as it is, and is tried again.',
  'import-applied': 'The import is applied.',
  'import-approved': 'The import is approved. It has not been applied yet.',
  'import-discarded': 'The import is discarded. Nothing was changed.',
} as const

export type Notice = keyof typeof notices
