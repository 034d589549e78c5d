import { sql } from 'drizzle-orm'
import type { Id, ParcelId } from '#kernel'
import { type School, statement, type Statement } from '#shards'
import type { Fingerprint, Sealed } from '#vault'
import type { AttemptOutcome } from './attempt.ts'
import { type ParcelChannel, type ParcelContent, type ParcelState, rank } from './parcel.ts'
import { isOpen } from './still-open.ts'

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
  // One that was withheld while it was in hand, and that the carrier did not take, ends there.
  const ends = sql`(withheld_because is not null and given.value ->> 5 = 'created')`
  await school.write([
    statement(sql`
      update parcels set
        provider_message_id = coalesce(given.value ->> 4, provider_message_id),
        code = iif(${moves}, iif(${ends}, withheld_because, given.value ->> 3), code),
        not_before_ms = iif(${moves}, given.value ->> 7, not_before_ms),
        state_rank = iif(${moves}, iif(${ends}, ${rank.cancelled}, given.value ->> 6), state_rank),
        state = iif(${moves}, iif(${ends}, 'cancelled', given.value ->> 5), state),
        tries = tries - (given.value ->> 2 = 'not-offered'),
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

/** What a consumer held when it died: nobody knows whether its call was made. */
export const leasesExpired = (school: School): Statement =>
  statement(sql`
    update parcels set state = 'uncertain', state_rank = ${rank.uncertain}, leased_until_ms = null,
      not_before_ms = ${school.clock.now()}, changed_at_ms = ${school.clock.now()}
    where school_id = ${school.id} and state = 'sending' and ${isOpen} and leased_until_ms < ${school.clock.now()}`)
