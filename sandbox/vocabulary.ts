/**
 * What the sandbox's three providers say about a message: every status and every code, as the
 * pretend manuals would list them. This file imports nothing, so that the tests of the Worker's
 * adapters can read it and prove that their tables leave no word untranslated.
 *
 * The two SMS providers differ on purpose. Larch speaks English words; Rowan speaks the clipped
 * states and three-digit codes of SMPP-era gateways; Birch speaks of e-mail, with the enhanced
 * status codes of RFC 3463.
 */
export const providers = ['larch', 'rowan', 'birch'] as const
export type Provider = (typeof providers)[number]
export type Channel = 'sms' | 'email'

export const channelOf = { larch: 'sms', rowan: 'sms', birch: 'email' } as const satisfies Record<
  Provider,
  Channel
>

/** Message ids begin with these, so that a reader of a log knows whose an id is. */
export const idPrefixOf = { larch: 'lar_', rowan: 'row_', birch: 'bir_' } as const satisfies Record<
  Provider,
  string
>

/** One word of a provider, the codes it may come with, and whether anything can follow it. */
export type Word = { codes: readonly string[]; isFinal: boolean; means: string }

export const larchWords = {
  accepted: { codes: ['none'], isFinal: false, means: 'Accepted' },
  'en-route': { codes: ['none'], isFinal: false, means: 'On its way' },
  delivered: { codes: ['none'], isFinal: true, means: 'Delivered' },
  undeliverable: {
    codes: ['unknown-subscriber', 'absent-subscriber', 'handset-full', 'barred', 'network-error'],
    isFinal: true,
    means: 'Not delivered',
  },
  expired: { codes: ['validity-expired'], isFinal: true, means: 'Expired' },
  rejected: { codes: ['barred', 'network-error'], isFinal: true, means: 'Rejected' },
} as const satisfies Record<string, Word>

export const rowanWords = {
  ACK: { codes: ['000'], isFinal: false, means: 'Accepted' },
  ENROUTE: { codes: ['000'], isFinal: false, means: 'On its way' },
  DLVRD: { codes: ['000'], isFinal: true, means: 'Delivered' },
  UNDELIV: { codes: ['001', '027', '032', '009'], isFinal: true, means: 'Not delivered' },
  EXPIRED: { codes: ['000', '027'], isFinal: true, means: 'Expired' },
  REJECTD: { codes: ['009', '032'], isFinal: true, means: 'Rejected' },
  UNKNOWN: { codes: ['000', '032'], isFinal: false, means: 'Not known' },
} as const satisfies Record<string, Word>

export const birchWords = {
  sent: { codes: ['none'], isFinal: false, means: 'Sent' },
  deferred: { codes: ['4.2.2'], isFinal: false, means: 'Delayed' },
  delivered: { codes: ['none'], isFinal: false, means: 'Delivered' },
  bounced: { codes: ['5.1.1', '5.2.2'], isFinal: true, means: 'Bounced' },
  complained: { codes: ['none'], isFinal: true, means: 'Marked as spam' },
} as const satisfies Record<string, Word>

export const wordsOf = {
  larch: larchWords,
  rowan: rowanWords,
  birch: birchWords,
} as const satisfies Record<Provider, Record<string, Word>>

/** What each code says, provider by provider. */
export const codesOf = {
  larch: {
    none: '',
    'unknown-subscriber': 'nobody has this number',
    'absent-subscriber': 'the phone is off or out of reach',
    'handset-full': 'the phone is full',
    barred: 'the network bars this number',
    'network-error': 'the network failed',
    'validity-expired': 'it was not delivered in time',
  },
  rowan: {
    '000': '',
    '001': 'nobody has this number',
    '009': 'the network bars this number',
    '027': 'the phone is off or out of reach',
    '032': 'the network failed',
  },
  birch: {
    none: '',
    '5.1.1': 'there is no such mailbox',
    '5.2.2': 'the mailbox is full',
    '4.2.2': 'the mailbox is full for now',
  },
} as const satisfies Record<Provider, Record<string, string>>

/** Why an order was refused with 422, before it became a message. */
export const refusalsOf = {
  sms: ['invalid-number'],
  email: ['invalid-address'],
} as const satisfies Record<Channel, readonly string[]>
