import type { Holding } from '#shards'
import { deadLetters } from './directory-tables.ts'
import { attempts, parcels, providerEvents } from './tables.ts'

const THIRTEEN_MONTHS_DAYS = 396

export const parcelsHolding = {
  table: parcels,
  about: 'contact',
  purpose: 'Gets messages to people and shows the school what became of each',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    messageId: 'identifier',
    channel: 'operational',
    urgency: 'operational',
    fingerprint: 'pseudonym',
    bodyFingerprint: 'pseudonym',
    content: 'personal',
    parts: 'operational',
    priceMillipence: 'operational',
    state: 'operational',
    stateRank: 'operational',
    code: 'operational',
    provider: 'operational',
    providerMessageId: 'identifier',
    tries: 'operational',
    notBeforeMs: 'operational',
    claimedBy: 'identifier',
    leasedUntilMs: 'operational',
    withheldBecause: 'operational',
    lookUps: 'operational',
    createdAtMs: 'operational',
    changedAtMs: 'operational',
  },
  keep: {
    until: 'sent',
    days: THIRTEEN_MONTHS_DAYS,
    because: 'PRODUCT 8.4: delivery metadata 13 months',
  },
  destroy: 'rows',
} satisfies Holding<typeof parcels>

export const attemptsHolding = {
  table: attempts,
  about: 'nobody',
  purpose: 'Shows each time a carrier was asked, so that nothing is sent twice',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    parcelId: 'identifier',
    provider: 'operational',
    startedAtMs: 'operational',
    finishedAtMs: 'operational',
    outcome: 'operational',
    code: 'operational',
  },
  keep: {
    until: 'sent',
    days: THIRTEEN_MONTHS_DAYS,
    because: 'PRODUCT 8.4: delivery metadata 13 months',
  },
  destroy: 'rows',
} satisfies Holding<typeof attempts>

export const providerEventsHolding = {
  table: providerEvents,
  about: 'nobody',
  purpose: 'What carriers reported, each event once',
  basis: 'public-task',
  columns: {
    schoolId: 'identifier',
    provider: 'operational',
    eventId: 'identifier',
    parcelId: 'identifier',
    state: 'operational',
    code: 'operational',
    atMs: 'operational',
    receivedAtMs: 'operational',
  },
  keep: {
    until: 'sent',
    days: THIRTEEN_MONTHS_DAYS,
    because: 'PRODUCT 8.4: delivery metadata 13 months',
  },
  destroy: 'rows',
} satisfies Holding<typeof providerEvents>

export const deadLettersHolding = {
  table: deadLetters,
  about: 'nobody',
  purpose: 'Jobs that a queue gave up on, so that somebody can mend and repeat them',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    jobId: 'identifier',
    queue: 'operational',
    body: 'identifier',
    atMs: 'operational',
    endedAtMs: 'operational',
    ending: 'operational',
  },
  keep: { until: 'made', days: 30, because: 'long enough to mend a fault; ids only' },
  destroy: 'rows',
} satisfies Holding<typeof deadLetters>
