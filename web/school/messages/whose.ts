import { parseId } from '#kernel'
import * as messaging from '#messaging'
import type { Author, Message, Sender } from '#messaging'
import { may } from '../../may.ts'
import type { SchoolVisit } from '../../route.ts'

/** Who writes, and what they may reach and see. */
export const authorOf = ({ user }: SchoolVisit): Author => ({
  id: user.id,
  years: user.yearGroups,
  seesAll: may(user, 'see-all-messages'),
  sendsEmergencies: may(user, 'send-emergencies'),
})

/** The school as a message speaks of it, and what its texts cost. */
export const senderOf = ({ organisation }: SchoolVisit): Sender => ({
  schoolName: organisation.name,
  smsPriceMillipence: organisation.smsPriceMillipence,
})

/** The message that the path names, if this person may see it. */
export async function messageOf(visit: SchoolVisit): Promise<Message | undefined> {
  const id = parseId('message', visit.param('message'))
  return id && messaging.findFor(visit.school, authorOf(visit), id)
}

/** "/school/messages/msg_…", and a page below it. */
export const messagePath = (message: Pick<Message, 'id'>, below = ''): string =>
  `/school/messages/${message.id}${below}`
