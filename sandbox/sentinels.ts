/**
 * Numbers and addresses that make the carrier misbehave, so that a failure can be had on purpose,
 * in development as in tests. Numbers are of Ofcom's range for drama (07700 900000 to 900999). This
 * file imports nothing: seeds and tests of the Worker read it too.
 */
export const sentinelNumbers = {
  undeliverable: '+447700900901',
  busyTwice: '+447700900902',
  saysStop: '+447700900903',
  neverAnswers: '+447700900904',
  receiptsDoubled: '+447700900905',
  rejected: '+447700900906',
  silent: '+447700900907',
  absent: '+447700900908',
  cutOff: '+447700900909',
} as const satisfies Partial<Record<Behaviour, string>>

export const sentinelAddresses = {
  undeliverable: 'bounce@example.com',
  mailboxFull: 'full@example.com',
  busyTwice: 'busy@example.com',
  neverAnswers: 'hang@example.com',
  receiptsDoubled: 'double@example.com',
  rejected: 'refused@example.com',
  silent: 'silent@example.com',
  absent: 'delayed@example.com',
  cutOff: 'cut@example.com',
  complains: 'complaint@example.com',
} as const satisfies Partial<Record<Behaviour, string>>

export type Behaviour =
  | 'undeliverable'
  | 'mailboxFull'
  | 'busyTwice'
  | 'saysStop'
  | 'neverAnswers'
  | 'receiptsDoubled'
  | 'rejected'
  | 'silent'
  | 'absent'
  | 'cutOff'
  | 'complains'

/** What each does, in the words that the sandbox's pages show. */
export const behaviours: Record<Behaviour, string> = {
  undeliverable: 'Accepted, then fails for good: nobody is there.',
  mailboxFull: 'Delayed first, then bounces: the mailbox is full.',
  busyTwice: 'The provider answers “unavailable” twice for each message, then accepts it.',
  saysStop: 'Delivered, and the phone replies STOP by itself.',
  neverAnswers: 'Accepted and delivered, but the sender never gets the answer.',
  receiptsDoubled: 'Every receipt comes twice, the last one first.',
  rejected: 'Refused at once as not valid.',
  silent: 'Accepted, and no receipt ever comes.',
  absent: 'Temporary trouble: a phone that is off, a mailbox that makes mail wait.',
  cutOff: 'The connection is cut before the message is taken. It never arrives.',
  complains: 'Delivered, then reported as spam.',
}

/** How the carrier treats this number or address; undefined for an ordinary one. */
export const behaviourOf = (recipient: string): Behaviour | undefined =>
  byRecipient.get(recipient.toLowerCase())

const byRecipient = new Map<string, Behaviour>(
  [...Object.entries(sentinelNumbers), ...Object.entries(sentinelAddresses)].map(
    ([behaviour, recipient]) => [recipient, behaviour as Behaviour],
  ),
)
