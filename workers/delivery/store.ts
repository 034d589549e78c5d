import { and, asc, count, desc, eq, gt, sql } from 'drizzle-orm'
import type { Id, MessageId, ParcelId } from '#kernel'
import { anyOf, insertAll, type School, statement, type Statement } from '#shards'
import type { Fingerprint, Sealed } from '#vault'
import type { AttemptOutcome } from './attempt.ts'
import { type ParcelChannel, type ParcelContent, type ParcelState, rank } from './parcel.ts'
import { attempts, parcels, providerEvents } from './tables.ts'

export type ParcelRow = typeof parcels.$inferInsert
export type Parcel = typeof parcels.$inferSelect
export type ParcelLine = Parcel & { opened: ParcelContent }

/**
 * Open parcels are few and have an index of their own (`parcels_open`); SQLite uses it only where a
 * query says the index's own condition word for word (sqlite.org/partialindex.html §3).
 */
const isOpen = sql.raw(`state in ('created', 'queued', 'sending', 'uncertain')`)

/** Adds parcels; one that is there already (same message, channel, address and body) is left alone. */
export const parcelsAdded = (school: School, rows: readonly ParcelRow[]): Statement[] =>
  insertAll(parcels, rows.map((row) => ({ ...row, schoolId: school.id })), 'ignore')

export async function countByState(
  school: School,
  messageId: MessageId,
): Promise<Partial<Record<ParcelState, number>>> {
  const rows = await school.db
    .select({ state: parcels.state, held: count() })
    .from(parcels)
    .where(and(eq(parcels.schoolId, school.id), eq(parcels.messageId, messageId)))
    .groupBy(parcels.state)
  return Object.fromEntries(rows.map((row) => [row.state, row.held]))
}

export async function listByMessage(
  school: School,
  messageId: MessageId,
  options: { limit: number; after?: ParcelId | undefined; state?: ParcelState | undefined },
): Promise<ParcelLine[]> {
  const found = await school.db
    .select()
    .from(parcels)
    .where(
      and(
        eq(parcels.schoolId, school.id),
        eq(parcels.messageId, messageId),
        options.after ? gt(parcels.id, options.after) : undefined,
        options.state ? eq(parcels.state, options.state) : undefined,
      ),
    )
    .orderBy(asc(parcels.id))
    .limit(options.limit)
  return opened(school, found)
}

export async function listByIds(school: School, ids: readonly ParcelId[]): Promise<ParcelLine[]> {
  const found = await school.db
    .select()
    .from(parcels)
    .where(and(eq(parcels.schoolId, school.id), anyOf(parcels.id, ids)))
  return opened(school, found)
}

/** What was sent to one number or address, newest first. */
export async function listByFingerprint(
  school: School,
  fingerprint: Fingerprint,
  limit: number,
): Promise<ParcelLine[]> {
  const found = await school.db
    .select()
    .from(parcels)
    .where(and(eq(parcels.schoolId, school.id), eq(parcels.fingerprint, fingerprint)))
    .orderBy(desc(parcels.id))
    .limit(limit)
  return opened(school, found)
}

export const listAttempts = (school: School, parcelId: ParcelId) =>
  school.db
    .select()
    .from(attempts)
    .where(and(eq(attempts.schoolId, school.id), eq(attempts.parcelId, parcelId)))
    .orderBy(asc(attempts.startedAtMs))

const opened = (school: School, found: readonly Parcel[]): Promise<ParcelLine[]> =>
  Promise.all(
    found.map(async (parcel) => ({
      ...parcel,
      opened: await school.open(parcels.content, parcel.id, parcel.content),
    })),
  )

/** A parcel in hand, as claimed. */
export type Claimed = {
  id: ParcelId
  channel: ParcelChannel
  provider: string
  attempt: Id<'attempt'>
  fingerprint: Fingerprint
  content: Sealed<ParcelContent>
  tries: number
}

/** For each channel: the provider to offer to, and the one for a parcel that the first just failed. */
export type Choice = Partial<Record<ParcelChannel, { first: string; other: string }>>
export type Claim = { parcel: ParcelId; attempt: Id<'attempt'>; choice: Choice }

/**
 * Takes parcels in hand and writes an attempt for each, in one transaction, before any call is made.
 * Only those still waiting are taken, so that two consumers never hold the same one.
 */
export async function claim(
  school: School,
  claims: readonly Claim[],
  leasedUntilMs: number,
): Promise<Claimed[]> {
  const nowMs = school.clock.now()
  const given = JSON.stringify(
    claims.map(({ parcel, attempt, choice: { sms, email } }) => [
      parcel,
      attempt,
      sms?.first ?? null,
      sms?.other ?? null,
      email?.first ?? null,
      email?.other ?? null,
    ]),
  )
  const took = statement(sql`
    update parcels set
      state = 'sending', state_rank = ${rank.sending}, tries = tries + 1,
      claimed_by = given.value ->> 1, leased_until_ms = ${leasedUntilMs}, changed_at_ms = ${nowMs},
      provider = case channel
        when 'email' then iif(provider = given.value ->> 4, given.value ->> 5, given.value ->> 4)
        else iif(provider = given.value ->> 2, given.value ->> 3, given.value ->> 2) end
    from json_each(${given}) as given
    where parcels.id = given.value ->> 0 and +parcels.school_id = ${school.id}
      and parcels.state in ('created', 'queued')
    returning parcels.id, channel, provider, claimed_by as attempt, fingerprint, content, tries`)
  const wrote = statement(sql`
    insert into attempts (id, school_id, parcel_id, provider, started_at_ms)
    select given.value ->> 1, parcels.school_id, parcels.id, parcels.provider, ${nowMs}
    from json_each(${given}) as given
    join parcels on parcels.id = given.value ->> 0 and parcels.claimed_by = given.value ->> 1
    where +parcels.school_id = ${school.id}`)
  return school.writeReturning<Claimed>(took, wrote)
}

/** How an attempt ended, and what that makes of its parcel. */
export type Ending = {
  parcel: ParcelId
  attempt: Id<'attempt'>
  outcome: AttemptOutcome
  code: string | null
  providerMessageId: string | null
  state: ParcelState
  notBeforeMs: number
}

/** Records endings. A receipt that came before the answer is not undone: states only move forward. */
export async function settle(school: School, endings: readonly Ending[]): Promise<void> {
  const nowMs = school.clock.now()
  const given = JSON.stringify(
    endings.map((one) => [
      one.parcel,
      one.attempt,
      one.outcome,
      one.code,
      one.providerMessageId,
      one.state,
      rank[one.state],
      one.notBeforeMs,
    ]),
  )
  const moves = sql`(parcels.state = 'sending' or given.value ->> 6 > parcels.state_rank)`
  await school.write([
    statement(sql`
      update parcels set
        provider_message_id = coalesce(given.value ->> 4, provider_message_id),
        code = iif(${moves}, given.value ->> 3, code),
        not_before_ms = iif(${moves}, given.value ->> 7, not_before_ms),
        state_rank = iif(${moves}, given.value ->> 6, state_rank),
        state = iif(${moves}, given.value ->> 5, state),
        leased_until_ms = null, changed_at_ms = ${nowMs}
      from json_each(${given}) as given
      where parcels.id = given.value ->> 0 and parcels.claimed_by = given.value ->> 1
        and +parcels.school_id = ${school.id}`),
    statement(sql`
      update attempts set finished_at_ms = ${nowMs}, outcome = given.value ->> 2, code = given.value ->> 3
      from json_each(${given}) as given
      where attempts.id = given.value ->> 1 and +attempts.school_id = ${school.id}`),
  ])
}

/** What moved by receipts: enough to tell who can be reached. */
export type Moved = { id: ParcelId; state: ParcelState; code: string | null; fingerprint: Fingerprint }

export type Report = {
  parcel: ParcelId
  provider: string
  eventId: string
  providerMessageId: string
  state: ParcelState
  code: string | null
  atMs: number
}

/** Notes events, each once, and moves parcels forward to the furthest state reported of them. */
export function reported(school: School, events: readonly Report[]): [Statement, ...Statement[]] {
  const nowMs = school.clock.now()
  const furthest = new Map<ParcelId, Report>()
  for (const event of events) {
    const known = furthest.get(event.parcel)
    if (!known || rank[event.state] > rank[known.state]) furthest.set(event.parcel, event)
  }
  const given = JSON.stringify(
    [...furthest.values()].map((one) => [one.parcel, one.state, rank[one.state], one.code, one.providerMessageId]),
  )
  const rows = events.map((event) => ({
    schoolId: school.id,
    provider: event.provider,
    eventId: event.eventId,
    parcelId: event.parcel,
    state: event.state,
    code: event.code,
    atMs: event.atMs,
    receivedAtMs: nowMs,
  }))
  return [
    statement(sql`
      update parcels set
        state = given.value ->> 1, state_rank = given.value ->> 2, code = given.value ->> 3,
        provider_message_id = coalesce(provider_message_id, given.value ->> 4),
        leased_until_ms = null, changed_at_ms = ${nowMs}
      from json_each(${given}) as given
      where parcels.id = given.value ->> 0 and +parcels.school_id = ${school.id}
        and parcels.state_rank < given.value ->> 2
      returning parcels.id, parcels.state, parcels.code, fingerprint`),
    ...insertAll(providerEvents, rows, 'ignore'),
  ]
}

/** Parcels whose answer was lost and that are due for a look-up. */
export const uncertain = (school: School, limit: number) =>
  school.db
    .select()
    .from(parcels)
    .where(
      and(
        eq(parcels.schoolId, school.id),
        eq(parcels.state, 'uncertain'),
        isOpen,
        sql`${parcels.notBeforeMs} <= ${school.clock.now()}`,
      ),
    )
    .orderBy(asc(parcels.notBeforeMs))
    .limit(limit)

/** A parcel's state is what a look-up says; only if it is still uncertain. */
export const lookedUp = (
  school: School,
  parcelId: ParcelId,
  change: Partial<Pick<Parcel, 'state' | 'providerMessageId' | 'notBeforeMs' | 'lookUps' | 'code'>>,
): Statement =>
  school.db
    .update(parcels)
    .set({
      ...change,
      ...(change.state && { stateRank: rank[change.state] }),
      changedAtMs: school.clock.now(),
    })
    .where(
      and(eq(parcels.schoolId, school.id), eq(parcels.id, parcelId), eq(parcels.state, 'uncertain')),
    )
    .toSQL()

/** What a consumer held when it died: nobody knows whether its call was made. */
export const leasesExpired = (school: School): Statement =>
  statement(sql`
    update parcels set state = 'uncertain', state_rank = ${rank.uncertain}, leased_until_ms = null,
      not_before_ms = ${school.clock.now()}, changed_at_ms = ${school.clock.now()}
    where school_id = ${school.id} and state = 'sending' and ${isOpen} and leased_until_ms < ${school.clock.now()}`)

/** What waited too long on a queue has been lost by it, and waits to be queued again. */
export const queueForgot = (school: School, patienceMs: number): Statement =>
  statement(sql`
    update parcels set state = 'created', state_rank = ${rank.created}
    where school_id = ${school.id} and state = 'queued' and ${isOpen}
      and changed_at_ms < ${school.clock.now() - patienceMs}`)

/** Parcels to these numbers and addresses that no carrier has been offered yet do not go. */
export const withheld = (school: School, fingerprints: readonly Fingerprint[]): Statement =>
  statement(sql`
    update parcels set state = 'cancelled', state_rank = ${rank.cancelled}, code = 'restricted',
      changed_at_ms = ${school.clock.now()}
    where school_id = ${school.id} and state in ('created', 'queued')
      and ${anyOf(sql`fingerprint`, fingerprints)}`)

/** How many are on the queue or in a consumer's hand. */
export async function countMoving(school: School): Promise<number> {
  const [row] = await school.rows<{ moving: number }>(
    statement(sql`
      select count(*) as moving from parcels
      where school_id = ${school.id} and state in ('queued', 'sending') and ${isOpen}`),
  )
  return row?.moving ?? 0
}

/** When the next waiting or uncertain parcel may be touched; null where there is none. */
export async function nextParcelMs(school: School): Promise<number | null> {
  const [row] = await school.rows<{ nextMs: number | null }>(
    statement(sql`
      select min(not_before_ms) as nextMs from parcels
      where school_id = ${school.id} and state in ('created', 'uncertain') and ${isOpen}`),
  )
  return row?.nextMs ?? null
}

/** How urgent the most urgent waiting parcel is; null where none waits. */
export async function waitingUrgency(school: School): Promise<number | null> {
  const [row] = await school.rows<{ urgency: number | null }>(
    statement(sql`
      select min(urgency) as urgency from parcels
      where school_id = ${school.id} and state = 'created' and ${isOpen}`),
  )
  return row?.urgency ?? null
}

/** Takes the next parcels that may go, the most urgent first, and marks them as queued. */
export const release = (school: School, limit: number): Promise<{ id: ParcelId }[]> =>
  school.rows(
    statement(sql`
      update parcels set state = 'queued', state_rank = ${rank.queued}, changed_at_ms = ${school.clock.now()}
      where id in (
        select id from parcels
        where school_id = ${school.id} and state = 'created' and ${isOpen} and not_before_ms <= ${school.clock.now()}
        order by urgency, id limit ${limit})
      and state = 'created'
      returning id`),
  )

/** Which of these messages still have parcels under way. */
export async function openAmong(
  school: School,
  messages: readonly MessageId[],
): Promise<Set<MessageId>> {
  const rows = await school.db
    .selectDistinct({ messageId: parcels.messageId })
    .from(parcels)
    .where(
      and(
        eq(parcels.schoolId, school.id),
        anyOf(parcels.messageId, messages),
        isOpen,
      ),
    )
  return new Set(rows.map((row) => row.messageId))
}
