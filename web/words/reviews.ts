import type { Decision, Level, ReviewState, SignOffRefusal } from '#access'
import { entitlementRefusals, grantWords, userRefusals } from './users.ts'

/** What is decided about somebody, as it is chosen. */
export const choiceWords: Record<Decision, { text: string; hint: string }> = {
  kept: {
    text: 'Keep it as it is',
    hint: 'They still work here, and need this access for their work',
  },
  changed: {
    text: 'Change it',
    hint: 'They need more, less or something else. They are signed out, and have it when they sign in again',
  },
  suspended: {
    text: 'Suspend the account',
    hint: 'They are away for a while. They are signed out and cannot sign in until somebody opens it again',
  },
  removed: {
    text: 'Remove the account',
    hint: 'They have left, or need no account any more. They are signed out for good',
  },
}

/** What was decided, in the record. */
export const decisionWords: Record<
  Decision,
  { text: string; tone: 'green' | 'blue' | 'yellow' | 'red' }
> = {
  kept: { text: 'Kept', tone: 'green' },
  changed: { text: 'Changed', tone: 'blue' },
  suspended: { text: 'Suspended', tone: 'yellow' },
  removed: { text: 'Removed', tone: 'red' },
}

export const reviewStateWords: Record<
  ReviewState,
  { text: string; tone: 'blue' | 'orange' | 'red' | 'green' }
> = {
  open: { text: 'Open', tone: 'blue' },
  overdue: { text: 'Overdue', tone: 'orange' },
  restricting: { text: 'Overdue', tone: 'red' },
  completed: { text: 'Complete', tone: 'green' },
}

export const signOffRefusals: Record<SignOffRefusal['refused'], string> = {
  ...entitlementRefusals,
  ...userRefusals,
  'review-over': 'This review is complete. Nothing more can be decided in it',
  'changed-meanwhile':
    'Somebody else changed this person’s account meanwhile. Look at it again, then decide',
  'own-access': 'Somebody else who is in charge has to decide about you',
  'lower-only':
    'This review is overdue, so until it is complete nobody can be given more. Choose less, or keep it as it is',
  'nothing-changed': 'Choose something other than they have now, or keep it as it is',
}

export const notAllDecided =
  'Somebody is still to be decided about. They may have joined, or been changed, while you looked'

/** "Attendance, Safeguarding"; nothing where there are none. */
export const grantsOf = ({ grants }: Pick<Level, 'grants'>): string =>
  grants.map((grant) => grantWords[grant].text).join(', ')

/** "Year 3, Year 4 only"; nothing for whoever is kept to none. */
export const yearsOf = ({ yearGroups }: Pick<Level, 'yearGroups'>): string =>
  yearGroups === null ? '' : `${yearGroups.join(', ')} only`
