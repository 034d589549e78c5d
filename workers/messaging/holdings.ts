import type { Holding } from '#shards'
import { candidates, messages, replies } from './tables.ts'

const TEXT_KEPT = 'PRODUCT 8.4: message text current and one school year'
const TWO_SCHOOL_YEARS_DAYS = 2 * 365

export const messagesHolding = {
  table: messages,
  about: 'contact',
  purpose: 'What the school told parents, carers and staff, and when',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    state: 'operational',
    category: 'operational',
    channel: 'operational',
    contactRule: 'operational',
    audience: 'identifier',
    content: 'personal',
    authorId: 'identifier',
    withinYears: 'operational',
    dueAtMs: 'operational',
    createdAtMs: 'operational',
    startedAtMs: 'operational',
    finishedAtMs: 'operational',
    heldBecause: 'operational',
    parcels: 'operational',
    priceMillipence: 'operational',
    smsPriceMillipence: 'operational',
  },
  keep: { until: 'made', days: TWO_SCHOOL_YEARS_DAYS, because: TEXT_KEPT },
  destroy: 'rows',
} satisfies Holding<typeof messages>

export const candidatesHolding = {
  table: candidates,
  about: 'contact',
  purpose: 'Shows who was included in a message or left out of it, and by which rule',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    messageId: 'identifier',
    pupilId: 'identifier',
    personKind: 'circumstance',
    personId: 'identifier',
    isIncluded: 'circumstance',
    rule: 'circumstance',
    parcelId: 'identifier',
  },
  keep: { until: 'sent', days: 396, because: 'PRODUCT 8.4: delivery metadata 13 months' },
  destroy: 'rows',
} satisfies Holding<typeof candidates>

export const repliesHolding = {
  table: replies,
  about: 'contact',
  purpose: 'What parents and carers wrote back',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    fingerprint: 'pseudonym',
    contactId: 'identifier',
    messageId: 'identifier',
    record: 'personal',
    provider: 'operational',
    eventId: 'identifier',
    isStop: 'circumstance',
    receivedAtMs: 'operational',
    readAtMs: 'operational',
  },
  keep: { until: 'made', days: TWO_SCHOOL_YEARS_DAYS, because: TEXT_KEPT },
  destroy: 'rows',
} satisfies Holding<typeof replies>
