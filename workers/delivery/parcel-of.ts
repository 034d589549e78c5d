import { type MessageId, newId, type ParcelId } from '#kernel'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import { type ParcelChannel, rank } from './parcel.ts'
import type { ParcelRow } from './parcel-store.ts'
import { parcels } from './tables.ts'

export type NewParcel = {
  /** Where the caller wants its parcels in an order of its own: they are listed by id. */
  id?: ParcelId
  messageId: MessageId
  channel: ParcelChannel
  /** 0 goes first. */
  urgency: number
  address: string
  /** The same that the point has, so that replies, failures and STOP find each other. */
  fingerprint: Fingerprint
  subject: string | null
  text: string
  parts: number
  /** Of all its parts. */
  priceMillipence: number
}

/** A sealed row for one text or e-mail, not yet stored. */
export async function parcelOf(school: School, parcel: NewParcel): Promise<ParcelRow> {
  const { messageId, channel, urgency, fingerprint, address, subject, text } = parcel
  const nowMs = school.clock.now()
  const id = parcel.id ?? newId('parcel', nowMs)
  const content = await school.seal(parcels.content, id, { address, subject, text })
  const bodyFingerprint = await school.fingerprint('body', `${subject ?? ''}\n${text}`)
  return {
    id,
    schoolId: school.id,
    messageId,
    channel,
    urgency,
    fingerprint,
    bodyFingerprint,
    content,
    parts: parcel.parts,
    priceMillipence: parcel.priceMillipence,
    state: 'created',
    stateRank: rank.created,
    tries: 0,
    notBeforeMs: 0,
    lookUps: 0,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
  }
}
