import type { PupilId } from '#kernel'
import type { PersonId, PersonKind } from '#people'
import type { Fingerprint } from '#vault'

/** Why somebody gets a message, or does not. `web/words/messages.ts` has the sentence. */
export type Rule = Included | LeftOut

export type Included =
  | 'matches-contact-rule'
  | 'chosen-directly'
  | 'staff-chosen'
  | 'pupil-themselves'

export type LeftOut =
  | 'restricted'
  | 'restriction-unreadable'
  | 'number-restricted'
  /** Came in when the message had left, and before any carrier had it. */
  | 'restricted-since'
  | 'stopped-since'
  | 'outside-contact-rule'
  | 'outside-year-groups'
  | 'no-number'
  | 'no-address'
  | 'number-failing'
  | 'asked-to-stop'
  | 'no-marketing-consent'
  | 'has-left'
  | 'no-contact-on-record'
  /** About a pupil: contacts there are, and the message goes to none of them. */
  | 'nobody-reached'

/** One person who came into question for one pupil (or for none), and what was decided. */
export type Trace = {
  pupilId: PupilId | null
  pupilName: string | null
  personKind: PersonKind | null
  /** Null where it is the pupil who has nobody. */
  personId: PersonId | null
  personName: string | null
  rule: Rule
  /** Of the number or address that the message goes to; null where it goes to none. */
  fingerprint: Fingerprint | null
}

/** What somebody should look at comes first; what is as it was chosen comes last. */
export const leftOutRules = [
  'nobody-reached',
  'no-contact-on-record',
  'no-number',
  'no-address',
  'number-failing',
  'asked-to-stop',
  'stopped-since',
  'no-marketing-consent',
  'restricted',
  'number-restricted',
  'restricted-since',
  'restriction-unreadable',
  'outside-year-groups',
  'has-left',
  'outside-contact-rule',
] as const satisfies readonly LeftOut[]

export const isLeftOut = (rule: Rule): rule is LeftOut =>
  (leftOutRules as readonly Rule[]).includes(rule)
