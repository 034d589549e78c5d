import type { ParcelState } from '../parcel.ts'

/** A provider's words for what became of a message, each with ours. */
export type Vocabulary = Readonly<
  Record<string, ParcelState | Readonly<Record<string, ParcelState>>>
>

/**
 * Our state for a provider's word and code. A word may mean different things by its code; `*` is any
 * other. A word that is not in the table is a change of the provider's manual: nothing is moved by it.
 */
export function translate(
  words: Vocabulary,
  word: string,
  code: string | null,
): ParcelState | undefined {
  if (!Object.hasOwn(words, word)) return undefined
  const meaning = words[word]
  if (typeof meaning === 'string' || meaning === undefined) return meaning
  return (code !== null && Object.hasOwn(meaning, code) ? meaning[code] : undefined) ?? meaning['*']
}

/** Larch's manual: words of English. */
export const larch = {
  accepted: 'sent',
  'en-route': 'sent',
  delivered: 'delivered',
  undeliverable: {
    'unknown-subscriber': 'failed-permanent',
    barred: 'failed-permanent',
    'absent-subscriber': 'failed-temporary',
    'handset-full': 'failed-temporary',
    'network-error': 'failed-technical',
    '*': 'failed-permanent',
  },
  expired: 'failed-expired',
  rejected: {
    barred: 'failed-permanent',
    'network-error': 'failed-technical',
    '*': 'failed-permanent',
  },
} as const satisfies Vocabulary

/** Rowan's manual: states of SMPP 3.4 §5.2.28 with three-digit codes. */
export const rowan = {
  ACK: 'sent',
  ENROUTE: 'sent',
  DLVRD: 'delivered',
  UNDELIV: {
    '001': 'failed-permanent',
    '009': 'failed-permanent',
    '027': 'failed-temporary',
    '032': 'failed-technical',
    '*': 'failed-permanent',
  },
  EXPIRED: 'failed-expired',
  REJECTD: { '009': 'failed-permanent', '032': 'failed-technical', '*': 'failed-permanent' },
  UNKNOWN: 'sent',
} as const satisfies Vocabulary

/** Birch's manual: e-mail, with enhanced status codes of RFC 3463. */
export const birch = {
  sent: 'sent',
  deferred: 'sent',
  delivered: 'delivered',
  bounced: { '5.1.1': 'failed-permanent', '5.2.2': 'failed-temporary', '*': 'failed-permanent' },
  complained: 'delivered',
} as const satisfies Vocabulary
