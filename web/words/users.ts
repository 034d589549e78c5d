import type {
  EntitlementRefusal,
  Grant,
  InviteRefusal,
  LastRefusal,
  Role,
  SecretRefusal,
  UserState,
  WhomRefusal,
} from '#access'

/** What a role may do, for whoever chooses it (PRODUCT §1). */
export const roleHints: Record<Role, string> = {
  administrator: 'Everything in the school’s area: messages, pupils, users and settings',
  'data-manager': 'Imports, contact details and restrictions. Cannot send messages',
  basic: 'Writes to the years you choose and reads the replies',
  'operator-administrator':
    'Everything in the operator’s area. Entering a customer’s asks for a reason',
  'operator-finance': 'Accounts and invoices only. Sees nothing of pupils',
  'operator-basic': 'Support: settings and delivery. Sees no names and no messages unless let in',
  'virtual-school-head': 'Everything in the authority’s area, users and settings included',
  'virtual-school-officer': 'The authority’s children and the day’s calls',
  'social-worker': 'Their own cases only',
}

/** Given on top of a role. */
export const grantWords: Record<Grant, { text: string; hint: string }> = {
  attendance: {
    text: 'Attendance',
    hint: 'Truancy Call: unexplained absences and what came of them',
  },
  safeguarding: {
    text: 'Safeguarding',
    hint: 'For the designated safeguarding lead: Tell By Text, restrictions in detail, who looked at a pupil',
  },
  payments: { text: 'Payments', hint: 'Requests for payment, receipts and refunds' },
}

export const userStateWords: Record<
  UserState,
  { text: string; tone: 'green' | 'yellow' | 'grey' }
> = {
  opening: { text: 'Being opened', tone: 'grey' },
  active: { text: 'Active', tone: 'green' },
  suspended: { text: 'Suspended', tone: 'yellow' },
  removed: { text: 'Removed', tone: 'grey' },
}

/** What a form may be answered that invites somebody, or gives somebody another role. */
export const entitlementRefusals: Record<EntitlementRefusal['refused'], string> = {
  'no-such-role': 'Choose a role',
  'no-grants-here': 'Only schools have these further permissions',
  'no-years-for-role': 'Only a Basic User is kept to some years',
  'no-year-group': 'Choose the years they may write to',
  'too-many-years': 'Choose fewer years, or every year',
}

export const inviteRefusals: Record<
  Exclude<InviteRefusal['refused'], EntitlementRefusal['refused']>,
  string
> = {
  // The same for an account here and one elsewhere.
  'email-taken':
    'An account with this e-mail address exists already, so it cannot be invited. Use another address, or write to support',
  'too-many-invitations':
    'Too many invitations are waiting for an answer. Withdraw some of them first',
}

/** Why nothing could be done about somebody. */
export const userRefusals: Record<
  WhomRefusal['refused'] | LastRefusal['refused'] | 'not-suspended',
  string
> = {
  'no-such-user': 'This account has been removed',
  'own-account':
    'You cannot do this to your own account. Another person in charge of users has to do it',
  'last-administrator':
    'Nobody else can manage users. Give somebody else this role first, and wait until they have opened their account',
  'not-suspended': 'This account is not suspended',
}

export const secretRefusals: Record<SecretRefusal['refused'], string> = {
  'no-such-invitation':
    'This invitation does not work. It may have been used already, withdrawn, or be more than 7 days old. Ask whoever invited you to send it again',
  throttled: 'There were too many tries from your network. Wait 5 minutes, then try again',
}
