/** What the page after a form says was done. Kept in a cookie by its name only. */
export const notices = {
  'send-again': 'Nothing was done yet, and what you filled in was not kept. Please send it again.',
  'signed-out': 'You are signed out.',
  'recovery-code-used':
    'You used a recovery code. If your phone or passkey is lost, remove it here and set up another.',
  'passkey-added': 'The passkey is added.',
  'passkey-removed': 'The passkey is removed.',
  'app-added': 'The authenticator app is set up.',
  'app-removed': 'The authenticator app is removed.',
  'factors-reset': 'Their two-step sign-in is reset, and they are signed out.',
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
  'contacts-joined': 'The two contacts are one now.',
  'write-back-done': 'Noted: it is in your management information system.',
  'write-back-was-closed': 'That was dealt with already.',
  'mapping-saved': 'The mapping is saved. The next file with these headings uses it.',
  'mapping-removed': 'The mapping is removed. The next file with these headings is matched anew.',
  'agent-revoked': 'The agent is revoked. Nothing that it sends is taken any more.',
  'agent-keys-changed': 'The agent changes its keys when it next says hello.',
  'agent-hour-changed': 'The hour is changed.',
  'agent-key-rotated': 'Agents seal to a fresh key from their next hello on.',
  'import-applied': 'The import is applied.',
  'import-approved': 'The import is approved. It has not been applied yet.',
  'import-discarded': 'The import is discarded. Nothing was changed.',
  'import-was-applied': 'This import had been applied already. It was not applied twice.',
  'import-was-closed':
    'Nothing was discarded: this import had been applied, discarded or replaced already.',
  'user-invited': 'The invitation is on its way by e-mail. It works for 7 days.',
  'user-changed':
    'The change is made. They are signed out everywhere, and have it when they sign in again.',
  'user-suspended': 'The account is suspended. They are signed out everywhere and cannot sign in.',
  'user-reinstated': 'The account is open again.',
  'user-removed': 'The account is removed. They are signed out everywhere and cannot sign in.',
  'user-password-change-asked':
    'They are signed out everywhere, and must choose a new password when they sign in again.',
  'user-sessions-ended': 'They are signed out everywhere.',
  'invitation-withdrawn': 'The invitation is withdrawn. Its link does not work any more.',
  'invitation-resent':
    'A new invitation is on its way. The link of the old one does not work any more.',
  'invitation-not-resent':
    'Nothing was sent: this invitation has been answered, or the address has an account by now.',
  'invitation-accepted':
    'Your account is open. Sign in with your e-mail address and your new password.',
  'support-entered': 'You are in the school’s area. Everything you see and do is recorded.',
  'support-left': 'You have left the school’s area.',
  'support-over':
    'You are no longer in the school’s area: your time is over, or the school ended it.',
  'support-ended': 'Support is out of your school’s area.',
  'support-was-over': 'Nobody of support was in your school’s area any more.',
  'review-decided': 'Your decision is noted.',
  'review-look-again':
    'Nothing was noted: somebody changed this account meanwhile, or it is yours. Look again.',
  'review-completed': 'The access review is complete.',
  'bulk-export-requested': 'Another Administrator is needed to agree. Tell them.',
  'bulk-export-approved': 'Approved. Whoever asked can fetch it, once, within the hour.',
  'bulk-export-refused': 'Refused. Nothing is exported.',
  'password-changed': 'Your password is changed. Everywhere else you are signed out.',
  'password-reset': 'Your password is changed. Sign in with the new one.',
  'session-ended': 'That session is over.',
  'sessions-ended': 'You are signed out everywhere else.',
  'session-was-over': 'That session was over already.',
  'settings-changed': 'The settings are changed.',
  'organisation-created': 'The organisation is set up.',
  'organisation-created-alone':
    'The organisation is set up, but nobody could be invited: that address has an account already. Enter another.',
  'organisation-invited': 'The invitation is on its way.',
  'organisation-changed': 'The organisation is changed.',
  'contract-changed': 'The contract is changed.',
  'contract-locked': 'The area is locked. Everybody there is signed out.',
  'contract-reopened': 'The area is open again.',
} as const

export type Notice = keyof typeof notices

/** Those that tell of something that was not done, or not wholly: they are never shown as a success. */
const notDone: ReadonlySet<Notice> = new Set<Notice>([
  'send-again',
  'message-left',
  'keys-wrapped-in-part',
  'data-resealed-in-part',
  'write-back-was-closed',
  'import-was-applied',
  'import-was-closed',
  'invitation-not-resent',
  'support-over',
  'support-was-over',
  'review-look-again',
  'session-was-over',
  'organisation-created-alone',
])

export const tellsOfSuccess = (notice: Notice): boolean => !notDone.has(notice)
