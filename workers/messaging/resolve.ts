import * as consent from '#consent'
import * as people from '#people'
import type { Circle, Point } from '#people'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import type { Message } from './message.ts'
import { chooseRecipients, type Recipients } from './recipients.ts'

/** Recipients that one message may have: a large secondary school with every contact, twice over. */
export const MAX_RECIPIENTS = 10_000

/** Who would get this message at this moment, by the restrictions and wishes that hold now. */
export async function resolve(
  school: School,
  message: Pick<Message, 'audience' | 'contactRule' | 'category' | 'channel' | 'withinYears'>,
): Promise<Recipients> {
  const circle = withinOwnYears(
    await people.circle(school, message.audience, message.channel),
    message,
  )
  const fingerprints = fingerprintsOf(circle, message.channel)
  const [stopped, agreed] = await Promise.all([
    consent.stoppedAmong(school, message.channel, fingerprints),
    message.category === 'marketing'
      ? consent.agreedAmong(school, message.channel, fingerprints)
      : new Set<Fingerprint>(),
  ])
  return chooseRecipients(circle, { ...message, stopped, agreed })
}

/** "Every pupil", said by somebody who writes to some years, means every pupil of those. */
const withinOwnYears = (
  circle: Circle,
  { audience, withinYears }: Pick<Message, 'audience' | 'withinYears'>,
): Circle =>
  audience.everyPupil
    ? { ...circle, pupils: circle.pupils.filter((pupil) => people.isWithin(pupil, withinYears)) }
    : circle

function fingerprintsOf(circle: Circle, channel: Message['channel']): Fingerprint[] {
  const points: Point[] = []
  for (const pupil of circle.pupils) {
    points.push(...pupil.points)
    for (const contact of pupil.contacts) points.push(...contact.points)
  }
  for (const person of [...circle.staff, ...circle.direct]) points.push(...person.points)
  const ofChannel = points.filter((point) => point.channel === channel)
  return [...new Set(ofChannel.map((point) => point.fingerprint))]
}
