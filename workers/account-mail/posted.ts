import * as delivery from '#delivery'
import { mailboxKey, type MessageId, newId } from '#kernel'
import type { School, Statement } from '#shards'

/** To one person. The text is plain, with the links written out. */
export type Mail = { to: string; subject: string; text: string }

/** Before ordinary messages and after emergencies: somebody waits for it at a screen. */
const URGENCY = 1

/**
 * The writes that put an e-mail on its way, for the commit of what it tells of. The organisation's outbox
 * takes it from there: nudge it, or it goes within a minute.
 */
export async function posted(school: School, { to, subject, text }: Mail): Promise<Statement[]> {
  const parcel = await delivery.parcelOf(school, {
    // No message of the school's own: what parcels are grouped by.
    messageId: newId('account-mail', school.clock.now()) as string as MessageId,
    channel: 'email',
    urgency: URGENCY,
    address: to,
    fingerprint: await school.fingerprint('email', mailboxKey(to)),
    subject,
    text,
    parts: 1,
    priceMillipence: 0,
  })
  return delivery.parcelsAdded(school, [parcel])
}
