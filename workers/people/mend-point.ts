import {
  type EmailProblem,
  parseEmail,
  parsePhone,
  type PhoneProblem,
  type PointId,
  type Refusal,
  refuse,
  textProblem,
  type TextProblem,
} from '#kernel'
import * as audit from '#audit'
import type { School, Write } from '#shards'
import { pointKey } from './keys.ts'
import type { Channel } from './point.ts'
import { findPoint, pointsOf, pointsSaved, pointsWorking, stillAt } from './store/points.ts'

/** What is wrong with a number or an address that somebody typed. */
export type PointProblem = `phone-${PhoneProblem}` | `email-${EmailProblem}` | TextProblem

export type MendRefusal = PointProblem | 'no-such-point' | 'has-it-already' | 'changed-meanwhile'

/** What a correction comes to: a number as E.164, or an address. */
export type Mending = { channel: Channel; was: string; is: string }

/**
 * Corrects a number or an address. The same one typed again says that it is right after all: it is
 * tried again. Where messages to it went before stays as it was. `also` makes what is to be in the same
 * commit, such as the way back to the school's own system.
 */
export async function mendPoint(
  school: School,
  id: PointId,
  typed: string,
  also: (mending: Mending) => Promise<Write[]> = async () => [],
): Promise<'mended' | 'confirmed' | Refusal<MendRefusal>> {
  const point = await findPoint(school, id)
  if (!point) return refuse('no-such-point')
  const read = readTyped(point.channel, typed)
  if ('refused' in read) return read

  const fingerprint = await pointKey(school, read.channel, read.value)
  const facts = { person: point.personId, channel: read.channel }
  if (fingerprint === point.fingerprint) {
    const entry = audit.entry(school, 'point.confirmed', id, facts)
    await school.commit(pointsWorking(school, [fingerprint]), entry)
    return 'confirmed'
  }
  const others = (await pointsOf(school, [point.personId]))(point.personId)
  if (others.some((one) => one.fingerprint === fingerprint))
    return refuse('has-it-already', 'value')

  const { personKind, personId, position } = point
  const mended = await school.commit(
    stillAt(school, id, point.fingerprint),
    await pointsSaved(school, [{ id, personKind, personId, position, ...read }]),
    await also({ channel: read.channel, was: point.value, is: read.value }),
    audit.entry(school, 'point.mended', id, facts),
  )
  return mended ? 'mended' : refuse('changed-meanwhile')
}

type Typed = { channel: Channel; value: string }

function readTyped(channel: Channel, typed: string): Typed | Refusal<PointProblem> {
  if (channel === 'email') {
    const read = parseEmail(typed)
    return read.ok ? { channel, value: read.email } : refuse(`email-${read.reason}`, 'value')
  }
  const read = parsePhone(typed)
  if (!read.ok) return refuse(`phone-${read.reason}`, 'value')
  const problem = textProblem(read.phone)
  if (channel === 'sms' && problem) return refuse(problem, 'value')
  return { channel: problem ? 'voice' : 'sms', value: read.phone.e164 }
}
