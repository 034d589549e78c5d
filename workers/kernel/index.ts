/**
 * The kernel: ids, clock, phone numbers, e-mail addresses, money, London time, attendance codes,
 * refusals, invariants and the log. It knows no school, no SQL and no HTTP.
 */
export * from './ids.ts'
export * from './clock.ts'
export * from './refusal.ts'
export * from './invariant.ts'
export * from './log.ts'
export * from './base64url.ts'
export * from './batches.ts'
export * from './phone.ts'
export * from './email.ts'
export * from './pence.ts'
export * from './london.ts'
export * from './codes-2024.ts'
