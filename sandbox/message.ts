import {
  EMAIL_TEXT_LIMIT,
  REFERENCE_LIMIT,
  SENDER_LIMIT,
  SMS_TEXT_LIMIT,
  SUBJECT_LIMIT,
} from './limits.ts'
import type { Channel, Provider } from './vocabulary.ts'

/** What a sender asks a provider to send. */
export type Order = {
  to: string
  from: string
  subject?: string
  text: string
  html?: string
  reference: string
}

/** A message that the carrier took. Times are milliseconds since 1970. */
export type Message = Order & {
  position: number
  channel: Channel
  provider: Provider
  messageId: string
  acceptedAt: number
  status: string
  code: string
}

export type OrderProblem =
  | { error: 'invalid-request'; field: string }
  | { error: 'invalid-number' | 'invalid-address' }

/** E.164: a plus, a country code that does not start with 0, at most 15 digits. */
export const isPhoneNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text)

/** Enough to tell an address from a slip; a mailbox proves itself by not bouncing. */
export const isEmailAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)

/** Reads the JSON body of an order, and says which field is at fault. */
export function readOrder(channel: Channel, body: unknown): Order | OrderProblem {
  if (typeof body !== 'object' || body === null) return fault('body')
  const { to, from, subject, text, html, reference } = body as Record<string, unknown>
  if (!isText(reference, REFERENCE_LIMIT)) return fault('reference')
  if (!isText(from, SENDER_LIMIT)) return fault('from')
  if (typeof to !== 'string') return fault('to')
  if (channel === 'sms') {
    if (!isText(text, SMS_TEXT_LIMIT)) return fault('text')
    return isPhoneNumber(to) ? { to, from, text, reference } : { error: 'invalid-number' }
  }
  if (!isText(text, EMAIL_TEXT_LIMIT)) return fault('text')
  if (!isText(subject, SUBJECT_LIMIT)) return fault('subject')
  if (html !== undefined && typeof html !== 'string') return fault('html')
  if (!isEmailAddress(to)) return { error: 'invalid-address' }
  return { to, from, subject, text, reference, ...(html === undefined ? {} : { html }) }
}

const fault = (field: string): OrderProblem => ({ error: 'invalid-request', field })

const isText = (value: unknown, limit: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= limit
